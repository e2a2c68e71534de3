# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Local servers that behave like the platforms, for tests and for the demo."""
