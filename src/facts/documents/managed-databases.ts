import { lineOf, type ManagedDatabase } from '../../model/index.ts';
import { holds } from '../../read/text-filter.ts';
import { defineDocumentExtractor } from '../define.ts';

const HOSTS =
  /\b[\w.-]*\.(rds\.amazonaws\.com|database\.windows\.net|database\.azure\.com|supabase\.com?|neon\.tech|mongodb\.net|psdb\.cloud|aivencloud\.com|db\.ondigitalocean\.com)\b/;
/** Ends of those names: looked for first, as that is fast. */
const ENDS = [
  ...['rds.amazonaws.com', 'database.windows.net', 'database.azure.com', 'supabase.co', 'neon.tech'],
  ...['mongodb.net', 'psdb.cloud', 'aivencloud.com', 'db.ondigitalocean.com'],
];
const PRODUCTS =
  /\b(RDS|Aurora|Cloud SQL|Azure SQL|Azure Database|Supabase|Neon|PlanetScale|(MongoDB )?Atlas|Heroku Postgres|[Mm]anaged ([Dd]atabase|[Pp]ostgres\w*|[Mm]y[Ss][Qq][Ll]|[Mm]ongo\w*|SQL|[Ii]nstance))\b/;

/** Databases that a provider keeps, by host names anywhere and by the names of products in documents. */
export default defineDocumentExtractor({
  id: 'documents/managed-databases',
  produces: ['managedDatabase'],
  *extract(repository): Generator<ManagedDatabase> {
    for (const file of repository.files) {
      const { path, role, text } = file;
      if (role !== 'production' && role !== 'docs' && role !== 'script') continue;
      if (text.length > 500_000) continue;
      const host = ENDS.some(end => holds(file, end)) ? HOSTS.exec(text) : null;
      const found = host ?? (/\.(md|rst|txt)$/.test(path) ? PRODUCTS.exec(text) : null);
      if (!found) continue;
      const at = lineOf(path, text.slice(0, found.index).split('\n').length);
      yield { kind: 'managedDatabase', at, name: found[0] };
    }
  },
});
