import { isSecretColumn } from '../../../model/index.ts';
import type { ServiceView } from '../../define.ts';
import { prismaModels } from '../../schema/prisma.ts';
import { storedModels } from '../models/models.ts';

/** What is secret of one table or model. */
export interface Secrets {
  /** All of its members with passwords and the like. */
  readonly all: readonly string[];
  /** Those that go out with a whole record. */
  readonly open: readonly string[];
}

/** Secrets by the name of a table, model or collection. */
export interface SecretsByName {
  of(name: string): Secrets | undefined;
  /** The model that members of a model lead to, one after the other. */
  behind(name: string, members: readonly string[]): string | undefined;
}

/** `users`, `User` and `app.user` are one thing, when no other has that name. */
const plainName = (name: string): string =>
  name
    .replace(/^.*\./, '')
    .replace(/[^A-Za-z0-9]/g, '')
    .toLowerCase()
    .replace(/ies$/, 'y')
    .replace(/s$/, '');

export function secretsIn({
  node,
  facts,
  repository,
}: Pick<ServiceView, 'node' | 'facts' | 'repository'>): SecretsByName {
  const byName = new Map<string, Secrets>();
  const add = (name: string, columns: readonly string[], hidden: readonly string[]): void => {
    const all = columns.filter(isSecretColumn);
    byName.set(plainName(name), { all, open: all.filter(each => !hidden.includes(each)) });
  };
  for (const { name, columns } of facts.all('schemaTable'))
    add(
      name,
      columns.map(column => column.name),
      [],
    );
  const relations = new Map<string, ReadonlyMap<string, string>>();
  for (const { name, fields, relations: own } of prismaModels(repository)) {
    add(name, fields, []);
    relations.set(plainName(name), own);
  }
  for (const { name, table, columns, hidden } of storedModels(node))
    for (const each of [table, name])
      add(
        each,
        columns.map(column => column.name),
        hidden,
      );
  return {
    of: name => byName.get(plainName(name)),
    behind: (name, members) =>
      members.reduce<string | undefined>(
        (model, member) => model && relations.get(plainName(model))?.get(member),
        name,
      ),
  };
}
