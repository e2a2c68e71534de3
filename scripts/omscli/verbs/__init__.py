# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One file for each word after `./oms`: `run(arguments) -> exit code`."""
