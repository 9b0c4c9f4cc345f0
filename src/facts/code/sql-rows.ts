const BOUND = /\b(LIMIT\s+\S|TOP\s*\(?\s*\S|FETCH\s+(FIRST|NEXT)\b|ROWNUM\s*<)/i;
const LITERAL_BOUND =
  /\b(LIMIT\s+(\d+\s*,\s*)?\d|TOP\s*\(?\s*\d|FETCH\s+(FIRST|NEXT)\s+\d|ROWNUM\s*<=?\s*\d)/i;
/** One row, or as many as there are groups. */
const CONDENSED =
  /^\s*SELECT\s+(COUNT|SUM|AVG|MIN|MAX|EXISTS|COALESCE|1\b|version\b|current_)|\bGROUP\s+BY\b|\bSELECT\s+DISTINCT\b|\b(information_schema|sqlite_master|pg_catalog|pg_\w+)\b/i;
/** A condition whose value comes in at run time. */
const NARROWED = /\bWHERE\b[\s\S]*(%s|%\(|\?|:\w|\$\d|@\w)/i;
/** A search for a part of a text: an empty one finds every row. */
const SEARCHED =
  /[\w."`]+(?:::\w+)?(?:\s*\))?\s+(?:NOT\s+)?I?LIKE\s+(?:'[^']*'|%s|%\(\w+\)s|\?|\$\d+|:\w+|@\w+|(?:LOWER|CONCAT)\([^)]*\))/gi;
const SELECT = /^\s*(SELECT|WITH)\b/i;

/** What a statement asks for: `bound` when its end is open to the caller; `undefined` for no list. */
export function rowsOfSql(text: string, hasHoles: boolean): 'all' | 'page' | 'bound' | 'some' | undefined {
  if (!SELECT.test(text) || CONDENSED.test(text)) return undefined;
  if (LITERAL_BOUND.test(text)) return 'page';
  if (BOUND.test(text)) return 'bound';
  const others = text.replace(SEARCHED, 'TRUE');
  if (NARROWED.test(others)) return 'some';
  return /\bWHERE\b/i.test(text) && hasHoles && others === text ? 'some' : 'all';
}

/** The first table that a statement reads. */
export const tableOfSql = (text: string): string =>
  /\bFROM\s+[["`]?(?:\w+[\]"`]?\.[["`]?)?(\w+)/i.exec(text)?.[1] ?? '';
