# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import in_stock
from . import nearest
from . import priority
