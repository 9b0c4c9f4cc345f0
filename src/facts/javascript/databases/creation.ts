import type { SchemaCreation, Term } from '../../../model/index.ts';
import { commandsOf } from '../../derived/loss-commands.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { connectionSites } from './connections.ts';
import { optionsGiven } from './options.ts';

/** Commands that make the tables what the models say, without a version. */
const COMMANDS =
  /\bprisma\s+db\s+push\b|\bdrizzle-kit\s+push\b|\btypeorm\b.*\bschema:sync\b|\bmikro-orm\b.*\bschema:(update|create)\b/;

/** Options by which a connection makes the tables of its models. */
const OPTIONS = ['synchronize', 'sync', 'autoSchemaSync'];

const isOn = (term: Term | undefined): boolean => term?.kind === 'literal' && term.value === true;

/** `synchronize: true`, `sequelize.sync()`, `Model.sync()`, `prisma db push` on the way to production. */
export default defineExtractor({
  id: 'javascript/databases/creation',
  reads: ['script', 'startCommand', 'startPath', 'document', 'platformFile'],
  produces: ['schemaCreation'],
  understands: hasNode,
  *extract(view): Generator<SchemaCreation> {
    const { node } = view;
    for (const { site } of connectionSites(node)) {
      const given = optionsGiven(node, site);
      const name = OPTIONS.find(option => isOn(given.option(option)));
      const term = name === undefined ? undefined : given.option(name);
      if (name !== undefined && term)
        yield {
          kind: 'schemaCreation',
          at: term.at,
          callee: `${name}: true of ${node.textOf(site.scope, site.call.callee)}`,
          reached: node.reached(site),
        };
    }
    for (const site of node.callsEnding('sync', 'synchronize')) {
      const { callee } = site.call;
      if (callee.kind !== 'attribute' || !isOfModels(node.nameOf(callee, site.scope))) continue;
      if (isOn(optionsGiven(node, site).option('force'))) continue;
      yield {
        kind: 'schemaCreation',
        at: node.at(site.scope, site.call),
        callee: node.textOf(site.scope, callee).replace(/\s+/g, ' ').slice(0, 60),
        reached: node.reached(site),
      };
    }
    for (const { at, text, runs } of commandsOf(view)) {
      const command = runs === 'by the documents' ? null : COMMANDS.exec(text);
      if (command) yield { kind: 'schemaCreation', at, callee: command[0], reached: 'yes' };
    }
  },
});

/** `sequelize.sync`, `db.sequelize.sync` of an object that cannot be followed, `User.sync` of a model. */
const isOfModels = (name: string): boolean =>
  /^(sequelize\.Sequelize\(\)(\.define\(\))?|sequelize\.Model(\(\))?)\.sync$|^typeorm\..*\.synchronize$/.test(
    name,
  );
