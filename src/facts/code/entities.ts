import type { Call, ClassDefinition, Dictionary, FunctionDefinition } from '../../read/syntax.ts';
import type { Module } from './modules.ts';
import type { Scope } from './scopes.ts';

/** A call with the scope in which it stands. */
export interface Made {
  readonly call: Call;
  readonly scope: Scope;
}

export interface ClassEntity {
  readonly kind: 'class';
  readonly definition: ClassDefinition;
  /** The scope in which it is defined. */
  readonly scope: Scope;
}

export interface FunctionEntity {
  readonly kind: 'function';
  readonly definition: FunctionDefinition;
  readonly scope: Scope;
  /** The object or class whose method it is. */
  readonly self: ObjectEntity | ClassEntity | undefined;
}

export interface ObjectEntity {
  readonly kind: 'object';
  readonly of: ClassEntity;
  readonly made: Made | undefined;
}

export interface ExternalEntity {
  readonly kind: 'external';
  /**
   * Canonical: `flask.Flask` is the class, `flask.Flask()` one of its objects, `flask.Flask().route` a member
   * of such an object, `os.environ[]` an element.
   */
  readonly name: string;
  /** The call that made the object on which the name ends, innermost. */
  readonly made: Made | undefined;
}

/** An object that is written down with its members: `{ list, create: async () => … }`. */
export interface RecordEntity {
  readonly kind: 'record';
  readonly expression: Dictionary;
  readonly scope: Scope;
}

/** What an expression stands for, when it is something with a name. */
export type Entity =
  | ClassEntity
  | FunctionEntity
  | ObjectEntity
  | ExternalEntity
  | RecordEntity
  | { readonly kind: 'module'; readonly module: Module }
  | { readonly kind: 'folder'; readonly folder: string };

/** A name for people and for comparison: `flask.Flask().route`, `shop/models.py:User`. */
export function nameOfEntity(entity: Entity): string {
  switch (entity.kind) {
    case 'external':
      return entity.name;
    case 'module':
      return entity.module.path;
    case 'folder':
      return entity.folder;
    case 'record':
      return `${entity.scope.module.path}:${namedAt(entity.scope, entity.expression.start)}`;
    case 'class':
      return `${entity.scope.module.path}:${entity.definition.name}`;
    case 'object':
      return `${nameOfEntity(entity.of)}()`;
    case 'function': {
      const owner = entity.scope.kind === 'class' ? entity.scope.definition : undefined;
      const prefix = owner && 'name' in owner ? `${owner.name}.` : '';
      const name = entity.definition.name || namedAt(entity.scope, entity.definition.start);
      return `${entity.scope.module.path}:${prefix}${name}`;
    }
  }
}

/** What has no name is known by its place. */
const namedAt = ({ module }: Scope, start: number): string =>
  `${module.tree.locate({ start, end: start + 1 }).startLine}@${start}`;
