import { either, type Facts, type MigrationHistory, type Truth } from '../../model/index.ts';
import {
  absence,
  defineControl,
  fail,
  onProductionPath,
  pass,
  place,
  searchedFor,
  unknown,
} from '../define.ts';

type Known = Facts<'schemaTable' | 'migrationHistory' | 'migrationTool' | 'schemaCreation'>;

/** The extension through which a tool runs must be attached to the app. */
const isAttached = ({ through }: MigrationHistory, facts: Known): Truth => {
  if (through === '') return 'yes';
  const tools = facts.all('migrationTool').filter(({ name }) => name === through);
  return either('no', ...tools.map(({ reached }) => (reached === 'no' ? 'no' : 'yes')));
};

const worksAs = (history: MigrationHistory, facts: Known): Truth => {
  if (history.versions === 0 || history.complete === 'no') return 'no';
  return isAttached(history, facts) === 'yes' ? history.complete : 'no';
};

const whyNot = (history: MigrationHistory, facts: Known): string => {
  if (history.versions === 0) return `${history.tool} is set up without a single version`;
  return isAttached(history, facts) === 'no'
    ? `${history.tool} has versions that run through ${history.through}, which is attached to no app`
    : `there are versions (${history.tool}), but ${history.lacks}`;
};

export default defineControl({
  id: 'data/migrations',
  title: 'Changes of the schema are versioned migrations',
  severity: 'high',
  stage: 'stable',
  asks: 'Where there is a relational schema, looks for a migration tool that is set up and has at least one version. Creating all tables at the start is none: it never changes one that exists.',
  why: 'Without versions the first change of a table is made by hand on production data, differently on each server, with no way back.',
  remedy:
    'Set up a migration tool (that of the database library, or one for plain SQL), make the first version from the present schema, and run it on deployment.',
  sources: ['CATALOG data/migrations', '12-factor XII'],
  fix: 'scaffold',
  drill: 'migrate-up-down',
  needs: ['schemaTable', 'migrationHistory', 'migrationTool', 'schemaCreation'],

  applies: ({ facts }) =>
    onProductionPath(facts.all('schemaTable')).length > 0 ||
    facts.has('migrationHistory') ||
    'no relational schema was found',

  judge: ({ facts }) => {
    const histories = facts.all('migrationHistory');
    const working = histories.filter(history => worksAs(history, facts) === 'yes');
    if (working.length > 0)
      return pass(
        working.map(({ at, tool, versions, folder }) =>
          place(
            at,
            `${tool}: ${versions} version${versions === 1 ? '' : 's'} in ${folder === '' ? 'the root' : folder}`,
          ),
        ),
      );
    const open = histories.find(history => worksAs(history, facts) === 'unclear');
    if (open) return unknown(`${open.folder} has versions, and whether something runs them cannot be told`);
    if (histories.length > 0)
      return fail(histories.map(history => place(history.at, whyNot(history, facts))));
    const creations = onProductionPath(facts.all('schemaCreation'));
    if (creations.length > 0)
      return fail(
        creations.map(({ at, callee }) =>
          place(at, `${callee} makes the tables; there are no versioned migrations`),
        ),
      );
    const tools = onProductionPath(facts.all('migrationTool'));
    if (tools.length > 0)
      return fail(
        tools.map(({ at, name }) =>
          place(at, `${name} is attached to the app, and the repository has no version`),
        ),
      );
    const [table] = onProductionPath(facts.all('schemaTable'));
    return fail([
      absence(
        `versioned migration for the tables (${table?.name ?? ''} and others)`,
        searchedFor(facts, 'migrationHistory', 'schemaTable'),
        table?.at,
      ),
    ]);
  },
});
