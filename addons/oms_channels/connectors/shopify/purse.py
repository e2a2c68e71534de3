# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which of the two currencies of an order is read, and from which member."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from ...engine.reading import Node

SIDES = ("shop", "presentment")
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Purse:
    """Reads amounts on one side of the order: the shop's, or the buyer's currency.

    ``rate``: units of this currency for one of the other, for the few amounts that
    a payload gives in the other one only.
    """

    side: str
    currency: str
    is_graphql: bool
    is_foreign: bool = False
    rate: Decimal = Decimal(1)
    unit: Decimal = Decimal("0.01")

    @classmethod
    def of(cls, order: Node, side: str, is_graphql: bool) -> "Purse":
        shop = buyer = _read_currency(order, "currency", "currencyCode")
        keys = "presentment_currency", "presentmentCurrencyCode"
        if order.get(*keys):
            buyer = _read_currency(order, *keys)
        if shop == buyer:
            return cls(side, shop, is_graphql)
        rate, unit = _read_rate(order, side)
        currency = shop if side == "shop" else buyer
        return cls(side, currency, is_graphql, True, rate, unit)

    def amount(
        self,
        node: Node,
        plain: str,
        graphql: str,
        default: Decimal | None = None,
        least: Decimal | None = None,
    ) -> Decimal:
        """An amount; ``plain`` and ``plain_set`` are its names in a webhook's body.

        The plain member is in the shop's currency; without ``default`` it must be
        there even if the set says the same, as it is in every published body.
        """
        bag = node.get(graphql) if self.is_graphql else node.get(f"{plain}_set")
        if self.is_graphql and default is None:
            return self.of_bag(bag, least)
        single = node.get(plain)
        from_bag = self.is_graphql or self.side == "presentment" or not single
        if bag and from_bag and (single or default is not None):
            return self.of_bag(bag, least)
        if not single and default is not None:
            return default
        amount = node.number(plain, least=least)
        return self._exchange(amount) if self.side == "presentment" else amount

    def of_bag(self, bag: Node, least: Decimal | None = None) -> Decimal:
        """The amount in ``{shop_money: …, presentment_money: …}``."""
        if not bag:
            raise bag.refuse("is missing")
        money = bag.check_object().part(f"{self.side}_money", f"{self.side}Money")
        return money.number("amount", least=least)

    def convert(self, amount: Decimal, currency: str) -> Decimal:
        """An amount of a transaction, which is in the currency that was paid in."""
        if not currency or currency == self.currency:
            return amount
        return self._exchange(amount)

    def _exchange(self, amount: Decimal) -> Decimal:
        if not self.is_foreign:
            return amount
        return _WIDE.quantize(_WIDE.multiply(amount, self.rate), self.unit)


def _read_currency(order: Node, *keys: str) -> str:
    code = order.required(*keys)
    if not _CURRENCY.fullmatch(code):
        raise order.get(*keys).refuse("is not a currency code of three letters")
    return code


def _read_rate(order: Node, side: str) -> tuple[Decimal, Decimal]:
    """Rate and smallest unit, from the two totals of the order."""
    bag = order.part("total_price_set", "totalPriceSet")
    if not bag:
        raise bag.refuse("is missing, and the order has two currencies")
    shop = bag.part("shop_money", "shopMoney").number("amount")
    buyer = bag.part("presentment_money", "presentmentMoney").number("amount")
    own, other = (shop, buyer) if side == "shop" else (buyer, shop)
    exponent = own.as_tuple().exponent
    unit = Decimal(1).scaleb(max(exponent, -3) if isinstance(exponent, int) else -2)
    return (own / other if other else Decimal(1)), unit
