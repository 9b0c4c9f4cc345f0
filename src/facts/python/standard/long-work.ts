import type { LongWork } from '../../../model/index.ts';
import type { FunctionDefinition } from '../../../read/syntax.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { calledBy, callsIn } from '../../code/at-start.ts';
import { servingFunctions, type Serving } from '../serving.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

/** Calls that take longer than a caller should wait, by canonical name. */
const LONG: readonly (readonly [RegExp, LongWork['what']])[] = [
  [/^smtplib\.SMTP(_SSL)?\(\)\.(sendmail|send_message)$/, 'mail'],
  [/^(flask_mail|flask_mailman)\.Mail\(\)\.(send|send_message)$/, 'mail'],
  [/^fastapi_mail\.FastMail\(\)\.send_message$/, 'mail'],
  [/^django\.core\.mail\.(send_mail|send_mass_mail|EmailMessage\(\)\.send|EmailMultiAlternatives\(\)\.send)$/, 'mail'],
  [/^(subprocess\.(run|call|check_call|check_output)|os\.system)$/, 'program'],
  [/^subprocess\.Popen\(\)\.(wait|communicate)$/, 'program'],
  [/^(openai\.(Async|Azure|AsyncAzure)?OpenAI|anthropic\.(Async)?Anthropic)\(\)\.\w.*\.create$/, 'inference'],
  [/^transformers\.pipeline\(\)$|^whisper\.load_model\(\)\.transcribe$|^diffusers\.\w+\.from_pretrained\(\)$/, 'inference'],
  [/\.to_sql$/, 'import'],
]; // prettier-ignore

/** Training is written by hand as often as it is called: by its name. */
const TRAINS = /^(fit|fit_generator|train|retrain|train_\w+|retrain_\w+|run_training|finetune|fine_tune)$/;
/** Hashing a password is made to be slow: in a loop it adds up. */
const HASHES = /(^|\.)(generate_password_hash|hashpw|hash_password|get_password_hash|make_password)$/;

/** Asking a model elsewhere: a call to another service in a function that says so. */
const ASKS =
  /summari[sz]e|infer(ence)?(_|$)|(^|_)predict|complet(e|ion)(_|$)|transcribe|generate_(text|image|reply|answer)|embed(ding)?s?(_|$)|classify/i;
const CALLS_OUT = /^(requests|httpx)(\.[\w().]*)?\.(post|get|request)$/;

function whatIs(
  python: PythonView,
  site: CallSite,
  { name: around }: FunctionDefinition,
  isHandler: boolean,
): LongWork['what'] | undefined {
  const name = python.nameOf(site.call.callee, site.scope);
  const found = LONG.find(([pattern]) => pattern.test(name))?.[1];
  if (found) return found;
  if (ASKS.test(around) && CALLS_OUT.test(name)) return 'inference';
  const word = lastNameOf(site.call.callee);
  // Inside of what trains is one more step of it, unless it is the handler that is called so.
  if (TRAINS.test(word) && (isHandler || !TRAINS.test(around))) return 'training';
  const inLoop = site.conditions.some(condition => condition.kind === 'loop');
  return inLoop && HASHES.test(name || word) ? 'import' : undefined;
}

/** Calls that hand a function to somebody else, and to whom. */
const HANDS_OVER: Readonly<Record<string, string>> = {
  delay: 'a queue',
  apply_async: 'a queue',
  enqueue: 'a queue',
  send_task: 'a queue',
  add_task: 'a task after the answer',
  start_background_task: 'a background task',
  submit: 'a pool',
  Thread: 'a thread',
  Process: 'another process',
};

/** The functions that a call hands over: its receiver for `send.delay(…)`, else what stands among its arguments. */
function handedBy(python: PythonView, { call, scope }: CallSite): readonly FunctionDefinition[] {
  const { callee } = call;
  const candidates = [
    ...(callee.kind === 'attribute' && /^(delay|apply_async)$/.test(callee.name) ? [callee.object] : []),
    ...call.args.map(arg => arg.value),
  ];
  return candidates.flatMap(each => {
    const entity =
      each.kind === 'name' || each.kind === 'attribute' ? python.resolve(each, scope) : undefined;
    return entity?.kind === 'function' ? [entity.definition] : [];
  });
}

interface Found {
  readonly site: CallSite;
  readonly what: LongWork['what'];
}

/** The long work in a function and in the own functions that it calls. */
function* worksIn(
  python: PythonView,
  definition: FunctionDefinition,
  seen: Set<FunctionDefinition>,
): Generator<Found> {
  if (seen.has(definition) || seen.size > 60) return;
  seen.add(definition);
  for (const site of callsIn(python, definition)) {
    const what = whatIs(python, site, definition, false);
    if (what) yield { site, what };
    else for (const body of calledBy(python, site)) yield* worksIn(python, body, seen);
  }
}

const factOf = (python: PythonView, { site, what }: Found, serving: Serving, handedTo: string): LongWork => ({
  kind: 'longWork',
  at: python.at(site.scope, site.call),
  handler: serving.handler,
  handlerAt: serving.handlerAt,
  callee: python.textOf(site.scope, site.call.callee).replace(/\s+/g, ' ').slice(0, 60),
  what,
  handedTo,
  reached: python.reached(site),
});

/** `def send(text, sync=False)` with `if sync:` around it: not what callers get unless they ask for it. */
const isSwitchedOff = ({ conditions }: CallSite, { params }: FunctionDefinition): boolean =>
  conditions.some(condition => {
    if (condition.kind !== 'if' || !condition.holds || condition.test.kind !== 'name') return false;
    const { name } = condition.test;
    const fallback = params.find(param => param.name === name)?.fallback;
    return fallback?.kind === 'constant' && fallback.value === false;
  });

function* worksOf(python: PythonView, serving: Serving): Generator<LongWork> {
  for (const site of callsIn(python, serving.definition)) {
    if (site.scope.definition?.kind === 'lambda' || isSwitchedOff(site, serving.definition)) continue;
    const what = whatIs(python, site, serving.definition, serving.through.length === 0);
    if (what) yield factOf(python, { site, what }, serving, '');
    const to = HANDS_OVER[lastNameOf(site.call.callee)];
    if (to === undefined) continue;
    for (const definition of handedBy(python, site))
      for (const found of worksIn(python, definition, new Set())) yield factOf(python, found, serving, to);
  }
}

/** Long work of requests: what the caller waits for, and what is handed to somebody else. */
export default defineExtractor({
  id: 'python/standard/long-work',
  reads: [],
  produces: ['longWork'],
  understands: hasPython,
  *extract({ python }): Generator<LongWork> {
    const seen = new Set<string>();
    for (const serving of servingFunctions(python).values())
      for (const fact of worksOf(python, serving)) {
        // One for each handler and kind: what it calls inside is the same work.
        const key = `${fact.handler} ${fact.what} ${fact.handedTo}`;
        if (seen.has(key)) continue;
        seen.add(key);
        yield fact;
      }
  },
});
