# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The statement in the database against the arithmetic in Python."""

from collections import defaultdict
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..engine.availability import Buffer, Stock, available, kits, pooled, sellable
from .common import OmsCommon

GOODS, NODES, CHANNELS = 3, 3, 2
UNITS = st.integers(min_value=0, max_value=20)
SHELF = st.tuples(
    st.integers(0, GOODS - 1), st.integers(0, NODES - 1), st.integers(1, 20)
)
BUFFER = st.builds(
    Buffer, UNITS.map(float), st.integers(0, 100).map(float), UNITS.map(float)
)


@dataclass
class World:
    """What happened to the stock, by numbers of goods and nodes."""

    on_hand: list = field(default_factory=list)
    demand: list = field(default_factory=list)
    held: list = field(default_factory=list)
    incoming: list = field(default_factory=list)
    safety: dict = field(default_factory=dict)
    recipe: dict = field(default_factory=dict)
    buffers: list = field(default_factory=list)
    places: list = field(default_factory=list)


WORLDS = st.builds(
    World,
    on_hand=st.lists(SHELF, max_size=6),
    demand=st.lists(SHELF, max_size=4),
    held=st.lists(SHELF, max_size=2),
    incoming=st.lists(SHELF, max_size=3),
    safety=st.dictionaries(
        st.tuples(st.integers(0, GOODS - 1), st.integers(0, NODES - 1)),
        UNITS,
        max_size=4,
    ),
    recipe=st.dictionaries(
        st.integers(0, GOODS - 1), st.integers(1, 4), min_size=1, max_size=2
    ),
    buffers=st.lists(BUFFER, min_size=CHANNELS, max_size=CHANNELS),
    places=st.lists(
        st.sets(st.integers(0, NODES - 1)), min_size=CHANNELS, max_size=CHANNELS
    ),
)


class TestProductAvailabilityModel(OmsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        third = cls._create_warehouse("Test North", "TEST3")
        cls.nodes = cls.warehouse | cls.other_warehouse | third
        cls.goods = cls.env["product.product"].union(
            *(cls._create_product(f"TEST-W{number}") for number in range(GOODS))
        )
        cls.channels = cls.channel | cls.channel.copy({"code": "test_second"})
        cls.supplier = cls.env.ref("stock.stock_location_suppliers")
        cls.buyer = cls.env.ref("stock.stock_location_customers")

    # === BUILDING A WORLD ===

    def _build(self, world):
        for good, node, quantity in world.on_hand:
            self._add_stock(self.goods[good], quantity, self.nodes[node])
        for (good, node), quantity in world.safety.items():
            self.env["oms.safety.stock"].create(
                {
                    "product_id": self.goods[good].id,
                    "warehouse_id": self.nodes[node].id,
                    "quantity": quantity,
                }
            )
        for good, node, quantity in world.demand:
            shelf = self.nodes[node].lot_stock_id
            self._move(self.goods[good], shelf, self.buyer, quantity)
        for good, node, quantity in world.incoming:
            shelf = self.nodes[node].lot_stock_id
            self._move(self.goods[good], self.supplier, shelf, quantity)
        for good, node, quantity in world.held:
            order = self._create_order(
                [(self.goods[good], quantity)],
                confirm=False,
                warehouse_id=self.nodes[node].id,
            )
            order.state = "sale"
            self._hold(order, "total_mismatch")
        for channel, buffer, places in zip(
            self.channels, world.buffers, world.places, strict=True
        ):
            channel.write(
                {
                    "buffer_quantity": buffer.quantity,
                    "buffer_percent": buffer.percent,
                    "buffer_cap": buffer.cap,
                    "warehouse_ids": [(6, 0, [self.nodes[n].id for n in places])],
                }
            )
        return self._create_kit(
            "TEST-WORLD-KIT",
            [(self.goods[good], quantity) for good, quantity in world.recipe.items()],
        )

    def _move(self, product, source, target, quantity):
        self.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom_qty": quantity,
                "location_id": source.id,
                "location_dest_id": target.id,
            }
        )._action_confirm()

    # === THE NAIVE MODEL ===

    def _expect_stock(self, world, *, with_incoming):
        facts = defaultdict(lambda: dict.fromkeys(Stock.__slots__, 0.0))
        for name, happenings in (
            ("on_hand", world.on_hand),
            ("promised", world.demand + world.held),
            ("waiting", world.held),
            ("incoming", world.incoming),
            ("safety", [(*key, units) for key, units in world.safety.items()]),
        ):
            for good, node, quantity in happenings:
                facts[good, node][name] += quantity
        answer = {}
        for good in range(GOODS):
            for node in range(NODES):
                stock = Stock(**facts[good, node])
                free = available(stock, with_incoming=with_incoming)
                answer[good, node] = Stock(**facts[good, node] | {"available": free})
        return answer

    def assert_statement_is_right(self, world, *, with_incoming):
        kit = self._build(world)
        until = "2999-01-01" if with_incoming else None
        answer = (self.goods | kit)._get_oms_availability(
            self.nodes, self.channels, until, with_terms=True
        )
        expected = self._expect_stock(world, with_incoming=with_incoming)
        sets = [
            Stock(
                available=kits(
                    {good: expected[good, node].available for good in range(GOODS)},
                    world.recipe,
                )
            )
            for node in range(NODES)
        ]
        for (good, node), stock in expected.items():
            key = self.goods[good].id, self.nodes[node].id
            self.assertEqual(answer.stock[key], stock)
        for node, stock in enumerate(sets):
            self.assertEqual(answer[kit.id, self.nodes[node].id], stock.available)
        for channel, buffer, places in zip(
            self.channels, world.buffers, world.places, strict=True
        ):
            mine = places or range(NODES)
            for good, product in enumerate(self.goods):
                pool = pooled(expected[good, node] for node in mine)
                if places:
                    self.assertEqual(
                        answer.channels.get((product.id, channel.id), 0),
                        sellable(pool, buffer),
                    )
            if places:
                self.assertEqual(
                    answer.channels.get((kit.id, channel.id), 0),
                    sellable(pooled(sets[node] for node in mine), buffer),
                )

    @given(world=WORLDS)
    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def test_statement_gives_what_the_arithmetic_gives(self, world):
        for with_incoming in (False, True):
            with self.env.cr.savepoint() as savepoint:
                self.assert_statement_is_right(world, with_incoming=with_incoming)
                savepoint.rollback()
            self.env.invalidate_all()
