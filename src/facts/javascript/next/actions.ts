import type { Method, Value } from '../../../model/index.ts';
import { both, stated, unclear } from '../../../model/index.ts';
import type { FunctionDefinition } from '../../../read/syntax.ts';
import { holds } from '../../../read/text-filter.ts';
import type { Module } from '../../code/modules.ts';
import { routeOf } from '../../code/route-parts.ts';
import type { CodeView } from '../../code/view.ts';
import { exportWritten, type Written } from '../../code/written.ts';
import { answerOf } from '../answered.ts';
import { stepsOf, wrapperOf } from '../chains.ts';
import type { Handler } from '../handler.ts';
import { isMarked } from './marked.ts';

/** Functions of the server that pages call: those of whole files, and single ones. */
export function actionsIn(view: CodeView): readonly Handler[] {
  const modules = view.modules().filter(({ file }) => holds(file, 'use server'));
  return modules.flatMap(module =>
    isMarked(module.tree.body) ? ofModule(view, module) : ofFunctions(view, module),
  );
}

const ofModule = (view: CodeView, module: Module): readonly Handler[] =>
  [...view.code.resolver.scopeOf(module).exported().keys()].flatMap(name => {
    const written = exportWritten(view, module, name);
    return written ? (actionOf(view, written, name) ?? []) : [];
  });

const ofFunctions = (view: CodeView, module: Module): readonly Handler[] =>
  view.code.search
    .functionsOf(module)
    .filter(({ definition }) => isMarked(definition.body))
    .flatMap(
      ({ definition, scope }) =>
        actionOf(view, { expression: definition, scope }, definition.name || 'an action') ?? [],
    );

function actionOf(view: CodeView, written: Written, name: string): Handler | undefined {
  const answer = answerOf(view, written);
  if (!answer) return undefined;
  const { definition, scope } = answer.function;
  const shown = definition.name === '' || definition.name === 'default' ? name : definition.name;
  const at = view.at(scope, definition.head);
  return {
    route: routeOf({
      at,
      handlerAt: at,
      handler: shown,
      methods: methodsOf(shown, definition),
      path: stated(shown),
      transport: 'call',
      reached: both(view.reach.reachesModule(scope.module), view.reachesDefinition(definition)),
    }),
    function: answer.function,
    before: answer.around.flatMap(each => [...stepsOf(view, each), wrapperOf(view, each)]),
    registration: undefined,
    router: undefined,
  };
}

const WRITES =
  /^(create|add|delete|remove|destroy|update|save|set|edit|insert|upsert|publish|archive|send|submit|upload|import|invite|assign|change|reset|toggle|revoke|cancel|pay|generate|sync|move|duplicate|enable|disable|approve|reject|transfer|rename|leave|join|restore|store|post|put|patch)(?=[A-Z_]|$)/;

/** That it is called with POST says nothing: its name does, and a form that it takes. */
function methodsOf(name: string, { params }: FunctionDefinition): Value<readonly Method[]> {
  const takesForm = params.some(
    ({ name: each, annotation }) =>
      /^form_?data$/i.test(each) || (annotation?.kind === 'name' && annotation.name === 'FormData'),
  );
  return takesForm || WRITES.test(name)
    ? stated(['POST'])
    : unclear('whether it changes something is not said by its name');
}
