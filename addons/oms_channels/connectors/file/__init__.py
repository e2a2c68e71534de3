# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files and the API: our own order document as JSON, or CSV that becomes one."""
