# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import activity
from . import carrier
from . import gift_note
from . import hold
from . import mail
from . import priority
from . import server
from . import tag
from . import team
from . import warehouse_note
