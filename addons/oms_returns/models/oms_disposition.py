# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, models


class OmsDisposition(models.AbstractModel):
    """What becomes of goods that came back: the contract of one disposition.

    A return line holds the code (``disposition``), the abstract model
    ``oms.disposition.<code>`` holds the behaviour. To add one: extend the selection
    and give the model a destination; goods that do more than move override
    :meth:`_apply`.
    """

    _name = "oms.disposition"
    _description = "Return Disposition"

    # === TO OVERRIDE ===

    def _get_destination(self, line):
        """The location where the goods of a return line go. Must be overridden,
        unless :meth:`_get_destinations` is.

        :param line: one ``oms.return.line``
        :return: one ``stock.location``
        """
        raise NotImplementedError(self._name)

    def _get_destinations(self, lines):
        """The same for many: override to read once what all lines share.

        :return: {line: location}
        """
        return {line: self._get_destination(line) for line in lines}

    # === BUSINESS ===

    def _apply(self, lines):
        """Move the received goods of these lines, any number of them, in one go.

        :param lines: ``oms.return.line`` records of this disposition, received
        :return: the done moves, for the history
        """
        destinations = self._get_destinations(lines)
        moves = self.env["stock.move"].create(
            [
                self._prepare_move_values(move, destinations[line])
                for line in lines
                for move in line._get_received_moves()
            ]
        )
        moves._action_done()
        return moves

    def _prepare_move_values(self, received, destination):
        """Values of the move that takes goods from the returns shelf onwards."""
        source = received.location_dest_id
        return {
            "product_id": received.product_id.id,
            "product_uom": received.product_uom.id,
            "product_uom_qty": received.quantity,
            "origin": received.oms_return_line_id.return_id.name,
            "company_id": received.company_id.id,
            "location_id": source.id,
            "location_dest_id": destination.id,
            "oms_return_line_id": received.oms_return_line_id.id,
            "picked": True,
            "move_line_ids": [
                Command.create(
                    {
                        "product_id": line.product_id.id,
                        "product_uom_id": line.product_uom_id.id,
                        "quantity": line.quantity,
                        "lot_id": line.lot_id.id,
                        "owner_id": line.owner_id.id,
                        "location_id": source.id,
                        "location_dest_id": destination.id,
                        "company_id": line.company_id.id,
                    }
                )
                for line in received.move_line_ids
            ],
        }
