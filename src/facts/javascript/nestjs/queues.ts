import type { Location, Truth } from '../../../model/index.ts';
import { both, either } from '../../../model/index.ts';
import type { ClassEntity, FunctionEntity } from '../../code/entities.ts';
import type { CodeView } from '../../code/view.ts';
import { isDone, listeningSites } from './apps.ts';
import { behind, NO_CALLS, optionOf, type Filled } from './filled.ts';
import { nestRouting } from './handlers.ts';
import { argumentOf, marksOf, type Mark } from './marks.ts';
import { servedBy, textOf, type ServedModule } from './modules.ts';

const PACKAGES = ['@nestjs/bullmq', '@nestjs/bull'];

/** A class that takes work out of a queue. */
interface Processor {
  /** That of the queue; empty for one that is put together at run time. */
  readonly name: string;
  /** Whether a module of something that production starts provides it. */
  readonly there: Truth;
  /** What it does with a job. */
  readonly functions: readonly FunctionEntity[];
}

const known = new WeakMap<CodeView, readonly Processor[]>();

/** `@Processor("mail") class MailProcessor extends WorkerHost` */
export function nestProcessors(node: CodeView): readonly Processor[] {
  const before = known.get(node);
  if (before) return before;
  const found = node.imports(...PACKAGES) ? read(node) : [];
  known.set(node, found);
  return found;
}

function read(node: CodeView): readonly Processor[] {
  const roots = [...node.calls('@nestjs/core.NestFactory.createApplicationContext'), ...listeningSites(node)];
  const others = roots.map(site => {
    const [root] = site.call.args;
    const served = root && servedBy(node, { expression: root.value, scope: site.scope, calls: NO_CALLS });
    return { there: isDone(node, site), served };
  });
  const { modules, blind } = nestRouting(node);
  const isOpen = blind.length > 0 || others.some(({ served }) => served?.isOpen !== false);
  return node.classes().flatMap(({ definition, scope }) => {
    if (definition.decorators.length === 0) return [];
    const mark = marksOf(node, definition, scope).find(({ name }) => isOf(name, 'Processor'));
    if (!mark) return [];
    const of: ClassEntity = { kind: 'class', definition, scope };
    const there = either(
      providedBy(node, modules, of),
      ...others.map(each => both(each.there, providedBy(node, each.served?.modules ?? [], of))),
    );
    return [
      {
        name: queueOf(node, argumentOf(mark, 0)),
        there: there === 'no' && isOpen ? 'unclear' : there,
        functions: jobsOf(node, of),
      } as const,
    ];
  });
}

const isOf = (name: string, word: string): boolean => PACKAGES.some(each => name === `${each}.${word}`);

const providedBy = (node: CodeView, modules: readonly ServedModule[], of: ClassEntity): Truth =>
  either(
    'no',
    ...modules.flatMap(({ there, providers }) =>
      providers.flatMap((item): Truth[] => {
        const given = node.resolve(item.expression, item.scope);
        return given?.kind === 'class' && given.definition === of.definition ? [both(there, item.there)] : [];
      }),
    ),
  );

/** `"mail"`, `{ name: "mail" }` */
function queueOf(node: CodeView, given: Filled | undefined): string {
  const found = given && behind(node, given);
  if (!found || found === 'absent') return '';
  const named = found.expression.kind === 'dictionary' ? optionOf(node, found, 'name') : found;
  return (named && textOf(node, named)) ?? '';
}

/** `process(job)`, and with Bull the methods that are marked for jobs of one name. */
function jobsOf(node: CodeView, of: ClassEntity): readonly FunctionEntity[] {
  const scope = of.scope.inner(of.definition);
  const isJob = (marks: readonly Mark[]): boolean => marks.some(({ name }) => isOf(name, 'Process'));
  return of.definition.body.flatMap(definition =>
    definition.kind === 'function' &&
    (definition.name === 'process' || isJob(marksOf(node, definition, scope)))
      ? [{ kind: 'function', definition, scope, self: { kind: 'object', of, made: undefined } } as const]
      : [],
  );
}

/** A queue of the modules: `BullModule.registerQueue({ name: "mail" })`. */
interface Registered {
  readonly name: string;
  readonly at: Location;
  readonly reached: Truth;
  /** It names the files that take work out, and starts them itself. */
  readonly takesItself: boolean;
}

export const nestQueues = (node: CodeView): readonly Registered[] =>
  node.imports(...PACKAGES)
    ? node
        .calls(
          ...PACKAGES.flatMap(each => [
            `${each}.BullModule.registerQueue`,
            `${each}.BullModule.registerQueueAsync`,
          ]),
        )
        .flatMap(site =>
          site.call.args.map(({ value }) => ({
            name: queueOf(node, { expression: value, scope: site.scope, calls: NO_CALLS }),
            at: node.at(site.scope, value),
            reached: node.reached(site),
            takesItself:
              optionOf(node, { expression: value, scope: site.scope, calls: NO_CALLS }, 'processors') !==
              undefined,
          })),
        )
    : [];
