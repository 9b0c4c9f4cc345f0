import type { Place, Protection, Truth } from '../../../model/index.ts';
import { both, either } from '../../../model/index.ts';
import type { ClassDefinition } from '../../../read/syntax.ts';
import type { ClassEntity } from '../../code/entities.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { guardClassOf } from './guard-classes.ts';
import { nestRouting } from './handlers.ts';

interface Use {
  readonly wired: Truth;
  readonly way: readonly Place[];
  readonly isGlobal: boolean;
}

/** Where guards of the repository are put, by their classes. */
function usesIn(view: CodeView): ReadonlyMap<ClassDefinition, Use> {
  const found = new Map<ClassDefinition, Use>();
  for (const { route, guards } of nestRouting(view).handlers)
    for (const { put, asking } of guards) {
      if (!asking.of) continue;
      for (const each of [asking.of, ...view.code.resolver.basesOf(asking.of)]) {
        if (each.kind !== 'class') continue;
        const before = found.get(each.definition);
        const at = view.at(put.at.scope, put.at.expression);
        found.set(each.definition, {
          wired: either(before?.wired ?? 'no', both(route.reached, put.there)),
          way: before?.way ?? [{ at, says: 'is put here' }],
          isGlobal: before?.isGlobal === true || put.level === 'app',
        });
      }
    }
  return found;
}

/** Whether another file of the service speaks of a class: something that is not read may put it to use. */
const isNamedElsewhere = (view: CodeView, { definition, scope }: ClassEntity): boolean =>
  view
    .modules()
    .some(
      module =>
        module !== scope.module &&
        view.reach.reachesModule(module) !== 'no' &&
        module.tree.mentions.placesOf(definition.name).length > 0,
    );

/** Own guards, whether anything asks them or not. */
export default defineExtractor({
  id: 'javascript/nestjs/protections',
  reads: [],
  produces: ['protection'],
  understands: hasNode,
  *extract({ node }): Generator<Protection> {
    if (!node.imports('@nestjs/common')) return;
    const uses = usesIn(node);
    for (const { definition, scope } of node.classes()) {
      if (!definition.body.some(member => member.kind === 'function' && member.name === 'canActivate'))
        continue;
      const of: ClassEntity = { kind: 'class', definition, scope };
      const { checks, isCertain } = guardClassOf(node, of);
      if (!checks || !isCertain) continue;
      const use = uses.get(definition);
      const wired = use?.wired ?? (isNamedElsewhere(node, of) ? 'unclear' : 'no');
      yield {
        kind: 'protection',
        what: checks === 'role' ? 'authorisation' : 'authentication',
        at: node.at(scope, definition.head),
        name: definition.name,
        wired,
        covers: use?.isGlobal ? 'app' : 'routes',
        way: use?.way ?? [],
        missing:
          wired === 'no'
            ? 'it would have to be put on controllers with @UseGuards, or provided as APP_GUARD'
            : '',
      };
    }
  },
});
