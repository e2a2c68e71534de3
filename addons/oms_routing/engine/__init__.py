# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which place ships which goods, and why the others do not.

Pure: a :class:`~.problem.Problem` in, a :class:`~.plan.Plan` per order out. No
database, no clock, no chance: the same question has the same answer for ever.

Quantities are :class:`~decimal.Decimal`: a plan must not promise a unit that is not
there, nor lose one, and that is checked with ``==``. With binary floats 0.1 + 0.2
kilograms would not fit in 0.3. Floats appear in degrees and kilometres only.
"""
