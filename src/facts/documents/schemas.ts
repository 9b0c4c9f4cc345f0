import type { SchemaDialect } from '../../model/index.ts';
import { readSql } from '../../read/documents/sql.ts';
import { defineDocumentExtractor } from '../define.ts';

const HEADING =
  /^\s*(?:--|#|\/\*)[\s=*-]*(postgres(?:ql)?|mysql|mariadb|sqlite|mssql|sql server|oracle|clickhouse)[\s:=*-]*(?:\*\/)?\s*$/gim;

/** `-- MySQL` over one part and `-- PostgreSQL` over another: whoever runs it takes the part that fits. */
const hasPartsFor = (text: string): boolean =>
  new Set([...text.matchAll(HEADING)].map(([, name = '']) => name.toLowerCase())).size > 1;

/** The dialect of SQL files, by what only one engine understands. */
export default defineDocumentExtractor({
  id: 'documents/schemas',
  produces: ['schemaDialect'],
  *extract(repository): Generator<SchemaDialect> {
    for (const file of repository.files) {
      if (!file.path.endsWith('.sql') || file.role === 'test' || file.role === 'example') continue;
      const read = readSql(file);
      if (read.state !== 'read') continue;
      const dialects = new Set(read.content.hints.map(hint => hint.dialect));
      const [first] = read.content.hints;
      // Signs of several engines: the file is for more than one, or it cannot be told.
      if (!first || dialects.size !== 1 || hasPartsFor(file.text)) continue;
      yield {
        kind: 'schemaDialect',
        at: first.at,
        path: file.path,
        dialect: first.dialect,
        sign: first.text,
      };
    }
  },
});
