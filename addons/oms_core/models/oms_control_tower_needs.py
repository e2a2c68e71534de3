# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.fields import Domain


class OmsControlTower(models.AbstractModel):
    """Whose orders need a person: the tiles, by channel and by place."""

    _inherit = "oms.control.tower"

    def _get_need_fields(self):
        """Fields of a channel and a node, by model; extend to tell yours so."""
        return {"sale.order": {"channel": "oms_channel_id", "node": "warehouse_id"}}

    def _get_needs(self, scope, tiles):
        """What the tiles count, by channel and by place, without those in order.

        :return: ``columns`` (code, label and level of a tile) and ``rows`` (kind, id,
            name and ``cells`` in the order of the columns; a cell is None where the
            records of the tile have no such field)
        """
        fields = self._get_need_fields()
        columns = [
            tile for tile in tiles if tile["count"] and tile["link"]["model"] in fields
        ]
        counts = {
            (kind, tile["code"]): self._count_needs(tile["link"], field)
            for tile in columns
            for kind, field in fields[tile["link"]["model"]].items()
        }
        rows = [
            self._prepare_need(kind, record, columns, counts, fields)
            for kind, records in (("channel", scope.channels), ("node", scope.nodes))
            for record in records
            if any(
                numbers.get(record) for key, numbers in counts.items() if key[0] == kind
            )
        ]
        names = ("code", "label", "level")
        return {
            "columns": [{name: tile[name] for name in names} for tile in columns],
            "rows": rows,
        }

    def _count_needs(self, link, field):
        records = self.env[link["model"]]
        return dict(records._read_group(link["domain"], [field], ["__count"]))

    def _prepare_need(self, kind, record, columns, counts, fields):
        cells = []
        for tile in columns:
            link, numbers = tile["link"], counts.get((kind, tile["code"]))
            if numbers is None:
                cells.append(None)
                continue
            own = Domain(fields[link["model"]][kind], "=", record.id)
            cells.append(
                {
                    "count": numbers.get(record, 0),
                    "link": self._prepare_link(
                        f"{record.name}: {tile['label']}",
                        link["model"],
                        Domain(link["domain"]) & own,
                    ),
                }
            )
        return {"kind": kind, "id": record.id, "name": record.name, "cells": cells}
