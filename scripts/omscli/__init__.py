# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What `./oms` calls: one verb a file in `verbs/`, the rest is what they share.

Standard library only, because it runs before anything is installed.
"""
