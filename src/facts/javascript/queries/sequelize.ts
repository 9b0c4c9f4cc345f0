import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import {
  argumentAt,
  isNarrowing,
  nameIn,
  optionsOf,
  searchedBy,
  textIn,
  textsOf,
  type Chain,
  type Query,
  type Selected,
} from './query.ts';

interface Kind {
  readonly gives: Query['gives'];
  readonly reads: boolean;
  /** The argument that holds options. */
  readonly options: number;
}

const METHODS: Readonly<Record<string, Kind>> = {
  findAll: { gives: 'many', reads: true, options: 0 },
  findAndCountAll: { gives: 'many', reads: true, options: 0 },
  findByPk: { gives: 'one', reads: true, options: 1 },
  findOne: { gives: 'one', reads: true, options: 0 },
  create: { gives: 'one', reads: false, options: 1 },
  bulkCreate: { gives: 'many', reads: false, options: 1 },
  findOrCreate: { gives: 'one', reads: false, options: 0 },
};
const OWN = /^(findAll|findAndCountAll|findByPk|findOrCreate|bulkCreate)$/;

/** `User.findAll({ where, limit, attributes })` */
export function sequelizeQuery(node: CodeView, { links, root, call, scope }: Chain): Query | undefined {
  const last = links.at(-1);
  const kind = last && METHODS[last.name];
  if (!last?.call || !kind || !node.imports('sequelize', 'sequelize-typescript', '@nestjs/sequelize'))
    return undefined;
  // `User.scope("public").findAll()`
  const scoped = links.find(({ name, call: made }) => /^(scope|unscoped|schema)$/.test(name) && made);
  const model = scoped ? scoped.object : last.object;
  const name = nameIn(model) || nameIn(root.expression);
  if (!OWN.test(last.name) && !/^[A-Z]|[mM]odel$/.test(name)) return undefined;
  const argument = argumentAt(last, kind.options);
  const options = argument && optionsOf(node, argument);
  return {
    call,
    scope,
    gives: kind.gives,
    reads: kind.reads,
    isWrapped: last.name === 'findAndCountAll',
    of: scoped?.name === 'scope' ? `${name} as ${textIn(argumentAt(scoped, 0))}` : name,
    size: options?.get('limit'),
    isNarrowed: (argument !== undefined && !options?.isRead) || isNarrowing(node, options?.get('where')),
    searched: searchedBy(node, options?.get('where')),
    ...chosen(node, options?.get('attributes')),
  };
}

/** `attributes: ["id"]`, `attributes: { exclude: ["password"] }` */
function chosen(node: CodeView, attributes: Written | undefined): Selected {
  return attributes?.expression.kind === 'collection'
    ? { columns: textsOf(attributes), leftOut: [], undecided: [], joined: [] }
    : {
        columns: undefined,
        leftOut: textsOf(attributes && optionsOf(node, attributes).get('exclude')),
        undecided: [],
        joined: [],
      };
}
