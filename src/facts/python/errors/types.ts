import type { Expression } from '../../../read/syntax.ts';
import type { Scope } from '../../code/scopes.ts';
import type { PythonView } from '../view.ts';

/** Errors of libraries and of the system, whose text speaks of statements, addresses, files and hosts. */
const INTERNAL =
  /^(sqlalchemy\.(exc|orm\.exc)\.|sqlmodel\.|psycopg2?\.|asyncpg\.|pymysql\.|MySQLdb\.|mysql\.connector\.|sqlite3\.|pyodbc\.|pymongo\.(errors\.)?|mongoengine\.|redis\.|elasticsearch\.|opensearchpy\.|requests\.(exceptions\.)?\w*(Exception|Error|Timeout)|httpx\.\w*(Error|Exception|Timeout)|aiohttp\.\w*Error|urllib3?\.|botocore\.|boto3\.|smtplib\.|socket\.|ssl\.|subprocess\.|builtins\.(OSError|IOError|EnvironmentError|ConnectionError|ConnectionRefusedError|SystemError|MemoryError))/;
const BROAD = /^builtins\.(Exception|BaseException)$/;

const typesIn = (type: Expression | undefined): readonly Expression[] =>
  type?.kind === 'collection' ? type.items : type ? [type] : [];

/** Whether it catches everything: bare, `Exception`, or a tuple with one of these. */
export const isBroad = (python: PythonView, type: Expression | undefined, scope: Scope): boolean =>
  type === undefined || typesIn(type).some(each => BROAD.test(python.nameOf(each, scope)));

/** Whether the text of what it catches was written for those who run the service, not for its callers. */
export const isUnknownError = (python: PythonView, type: Expression | undefined, scope: Scope): boolean =>
  isBroad(python, type, scope) || typesIn(type).some(each => INTERNAL.test(python.nameOf(each, scope)));

export const typeName = (python: PythonView, type: Expression | undefined, scope: Scope): string =>
  type ? python.textOf(scope, type).replace(/\s+/g, ' ').slice(0, 60) : 'everything';
