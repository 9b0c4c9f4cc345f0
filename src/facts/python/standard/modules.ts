/** Top-level modules of Python itself (3.8 to 3.14). */
export const STANDARD_MODULES: ReadonlySet<string> = new Set(
  '__future__ __main__ _thread abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall compression concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo'.split(
    ' ',
  ),
);

/** The first Python without a module, and the first with one (PEP 594, PEP 632 and "What's new in Python"). */
const GONE: Readonly<Record<string, string>> = {
  '3.10': 'formatter parser symbol',
  '3.11': 'binhex',
  '3.12': 'asynchat asyncore distutils imp smtpd',
  '3.13':
    'aifc audioop cgi cgitb chunk crypt imghdr lib2to3 mailcap msilib nis nntplib ossaudiodev pipes sndhdr spwd sunau telnetlib uu xdrlib',
};
const CAME: Readonly<Record<string, string>> = {
  '3.9': 'graphlib zoneinfo',
  '3.11': 'tomllib',
  '3.14': 'annotationlib compression',
};

const minorOf = (version: string): number => Number(/^3\.(\d+)$/.exec(version)?.[1] ?? Number.NaN);

const namesIn = (
  table: Readonly<Record<string, string>>,
  counts: (minor: number) => boolean,
): ReadonlySet<string> =>
  new Set(
    Object.entries(table).flatMap(([since, names]) => (counts(minorOf(since)) ? names.split(' ') : [])),
  );

const known = new Map<string, ReadonlySet<string>>();

function standardIn(version: string): ReadonlySet<string> {
  const before = known.get(version);
  if (before) return before;
  const minor = minorOf(version);
  const gone = namesIn(GONE, since => since <= minor);
  const toCome = namesIn(CAME, since => since > minor);
  const found = Number.isNaN(minor)
    ? STANDARD_MODULES
    : new Set([...STANDARD_MODULES].filter(name => !gone.has(name) && !toCome.has(name)));
  known.set(version, found);
  return found;
}

/** Whether Python itself holds a top-level module; without a version, whether any Python does. */
export const isStandard = (name: string, version: string): boolean => standardIn(version).has(name);
