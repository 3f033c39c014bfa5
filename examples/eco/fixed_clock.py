"""Makes today the day of the stand-ins: what `datetime`, `date` and `time` say then is ECO_CLOCK, in UTC."""

import datetime as module
import os
import time
import warnings

_NOW = module.datetime.fromisoformat(os.environ.get("ECO_CLOCK", "2023-09-14T13:45Z").replace("Z", "+00:00"))
_date, _datetime = module.date, module.datetime


class _Like(type):
    """Instances of the real classes are instances of these too."""

    def __instancecheck__(cls, one):
        return isinstance(one, cls.__mro__[1])


class date(_date, metaclass=_Like):
    @classmethod
    def today(cls):
        return cls(_NOW.year, _NOW.month, _NOW.day)


class datetime(_datetime, metaclass=_Like):
    @classmethod
    def now(cls, tz=None):
        there = _NOW.astimezone(tz) if tz else _NOW.replace(tzinfo=None)
        return cls.combine(there.date(), there.timetz() if tz else there.time())

    @classmethod
    def utcnow(cls):
        return cls.now()

    @classmethod
    def today(cls):
        return cls.now()


def install():
    warnings.filterwarnings("ignore", message="System time is way off")  # urllib3 knows that it is later
    module.date, module.datetime = date, datetime
    time.time = _NOW.timestamp
    real_gmtime, real_strftime, real_asctime = time.gmtime, time.strftime, time.asctime
    time.gmtime = lambda seconds=None: real_gmtime(_NOW.timestamp() if seconds is None else seconds)
    time.localtime = time.gmtime
    time.strftime = lambda form, when=None: real_strftime(form, time.gmtime() if when is None else when)
    time.asctime = lambda when=None: real_asctime(time.gmtime() if when is None else when)
    time.ctime = lambda seconds=None: real_asctime(time.gmtime(seconds))
