# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What all emulated shops share: serving, selling, remembering, failing on demand."""
