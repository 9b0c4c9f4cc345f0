import type { LongWork } from '../../../model/index.ts';
import type { FunctionDefinition } from '../../../read/syntax.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor } from '../../define.ts';
import { readsFramework } from '../frameworks.ts';
import { nestProcessors } from '../nestjs/queues.ts';
import { calledBy, callsIn, servingFunctions, type Serving } from '../serving.ts';

/** Calls that take longer than a caller should wait, by canonical name. */
const LONG: readonly (readonly [RegExp, LongWork['what']])[] = [
  [/^nodemailer\.createTransport\(\)\.sendMail$|^@sendgrid\/mail\.send(Multiple)?$|^resend\.Resend\(\)\.(emails|batch)\.(send|create)$/, 'mail'],
  [/^postmark\.\w*Client\(\)\.sendEmail\w*$|^mailgun\.js(\(\)|\.\w+)*.*\.messages\.create$|^@getbrevo\/brevo\..*\.sendTransacEmail$|^node-mailjet\b.*\.post\(\)\.request$/, 'mail'],
  [/^@nestjs-modules\/mailer\.MailerService\(\)\.sendMail$|^email-templates\(\)\.send$/, 'mail'],
  [/^child_process\.(exec|execSync|execFile|execFileSync|spawnSync)$|^(execa|execa\.execa\w*|shelljs\.exec)$|^fluent-ffmpeg\b/, 'program'],
  [/^(puppeteer|puppeteer-core|playwright(-core)?\.\w+)\.launch$/, 'program'],
  [/^(openai\.(OpenAI|AzureOpenAI)?|openai|@anthropic-ai\/sdk(\.Anthropic)?|groq-sdk(\.Groq)?|@mistralai\/mistralai\.Mistral)\(\)\.\w.*\.(create|complete|generate|parse)$/, 'inference'],
  [/^ai\.(generateText|generateObject|embedMany)$|^replicate\(\)\.run$|^ollama\b.*\.(chat|generate)$|^@google\/(generative-ai|genai)\b.*\.generateContent$|^@huggingface\/inference\b/, 'inference'],
  [/^@tensorflow\/tfjs(-node)?\b.*\.(fit|fitDataset)$|^brain\.js\b.*\.train(Async)?$/, 'training'],
]; // prettier-ignore
const WORDS =
  /^(sendMail|send|sendMultiple|sendEmail\w*|create|sendTransacEmail|request|exec\w*|spawnSync|launch|complete|generate\w*|parse|embedMany|run|chat|fit\w*|train\w*|ffmpeg|save|execa\w*|\$)$/;

/** Mail that goes out over somebody's interface: a call to another service in a function that says so. */
const MAILS = /(send|deliver)\w*(e?mail|invitation|newsletter)/i;
const CALLS_OUT =
  /^(fetch|axios|got|undici\.(fetch|request)|node-fetch|superagent|ky)\b(\(\)|\.create\(\))?(\.(post|put|request))?$/;
/** Hashing a password is made to be slow: in a loop it adds up. */
const HASHES = /^(bcrypt|bcryptjs|argon2|@node-rs\/(bcrypt|argon2))\.hash(Sync)?$/;

function whatIs(node: CodeView, site: CallSite, around: string): LongWork['what'] | undefined {
  const word = lastNameOf(site.call.callee);
  const isMail = MAILS.test(around);
  if (!isMail && !WORDS.test(word) && !/^hash/.test(word)) return undefined;
  const name = node.nameOf(site.call.callee, site.scope);
  const found = LONG.find(([pattern]) => pattern.test(name))?.[1];
  if (found) return found;
  if (isMail && CALLS_OUT.test(name)) return 'mail';
  const inLoop = site.conditions.some(condition => condition.kind === 'loop');
  return inLoop && HASHES.test(name) ? 'import' : undefined;
}

/** Calls that run the function that they are given when the answer may be gone already, and what does so. */
const HANDS_OVER: Readonly<Record<string, string>> = {
  setImmediate: 'a task after the answer',
  setTimeout: 'a task after the answer',
  after: 'a task after the answer',
  waitUntil: 'a task after the answer',
  nextTick: 'a task after the answer',
};

/** Calls that put work into a queue. */
const ENQUEUES =
  /^(bullmq\.Queue\(\)\.(add|addBulk)|bull(\.Queue)?\(\)\.(add|addBulk)|bee-queue\(\)\.createJob\(\)\.save|agenda(\.Agenda)?\(\)\.(now|schedule|every)|pg-boss\(\)\.(send|publish)|graphile-worker\b.*\.addJob|@nestjs\/bull(mq)?\b.*\.add|inngest\.Inngest\(\)\.send|amqplib\b.*\.(sendToQueue|publish)|kafkajs\b.*\.send|p-queue\(\)\.add|piscina\(\)\.run)$/;
/** What takes it out again. */
const PROCESSORS: readonly (readonly [name: string, position: number])[] = [
  ['bullmq.Worker', 1],
  ['bull().process', 0],
  ['bull().process', 1],
  ['bull().process', 2],
  ['bee-queue().process', 0],
  ['agenda().define', 1],
  ['agenda().define', 2],
  ['agenda.Agenda().define', 1],
  ['pg-boss().work', 1],
  ['pg-boss().work', 2],
];

const ANSWERS = /\b(res|response|reply|ctx)\s*\.|\bnext\(|\bresolve\(/;

/** `sendMail(…);` and `sendMail(…).catch(log);` as they stand, without anything that answers when they are done. */
function isLeftAlone(node: CodeView, { statement, scope, call }: CallSite): boolean {
  if (statement.kind !== 'expression' || statement.value.kind === 'await') return false;
  const value = statement.value.kind === 'unary' ? statement.value.operand : statement.value;
  return (
    (value === call || (value.kind === 'call' && value.start === call.start)) &&
    !ANSWERS.test(node.textOf(scope, statement))
  );
}

interface Found {
  readonly site: CallSite;
  readonly what: LongWork['what'];
  readonly handedTo: string;
}

const DEEPEST = 5;

/** The long work in a function and in the own functions that it calls, with who does it. */
function* worksIn(
  node: CodeView,
  { definition }: Pick<FunctionEntity, 'definition'>,
  name: string,
  handedTo: string,
  seen: Set<FunctionDefinition>,
  depth = 0,
): Generator<Found> {
  if (seen.has(definition) || depth > DEEPEST) return;
  seen.add(definition);
  const later = laterIn(node, definition);
  for (const site of callsIn(node, definition)) {
    const to =
      handedTo ||
      (later.find(({ start, end }) => start <= site.call.start && site.call.end <= end)?.to ?? '') ||
      (isLeftAlone(node, site) ? 'a promise that nobody waits for' : '');
    const what = whatIs(node, site, name);
    if (what) yield { site, what, handedTo: to };
    const callee = what ? undefined : calledBy(node, site);
    // What a module hands out as a whole is called as others call it.
    if (callee) yield* worksIn(node, callee, lastNameOf(site.call.callee), to, seen, depth + 1);
  }
}

/** Functions inside of a function that are run later: `setImmediate(() => …)`. */
const laterIn = (
  node: CodeView,
  definition: FunctionDefinition,
): readonly { readonly start: number; readonly end: number; readonly to: string }[] =>
  callsIn(node, definition).flatMap(({ call }) => {
    const to = HANDS_OVER[lastNameOf(call.callee)];
    return to === undefined ? [] : call.args.map(({ value }) => ({ start: value.start, end: value.end, to }));
  });

const factOf = (
  node: CodeView,
  { site, what, handedTo }: Found,
  { handler, handlerAt }: Pick<Serving, 'handler' | 'handlerAt'>,
): LongWork => ({
  kind: 'longWork',
  at: node.at(site.scope, site.call),
  handler,
  handlerAt,
  callee: node.textOf(site.scope, site.call.callee).replace(/\s+/g, ' ').slice(0, 60),
  what,
  handedTo,
  reached: node.reached(site),
});

/** What workers do with what handlers put into queues. */
function* queued(node: CodeView): Generator<LongWork> {
  const puts = [...servingFunctions(node).values()].find(({ definition }) =>
    callsIn(node, definition).some(
      ({ call, scope }) =>
        /^(add|addBulk|save|now|schedule|every|send|publish|addJob|sendToQueue|run)$/.test(
          lastNameOf(call.callee),
        ) && ENQUEUES.test(node.nameOf(call.callee, scope)),
    ),
  );
  if (!puts) return;
  for (const of of nestProcessors(node).flatMap(({ functions, there }) => (there === 'no' ? [] : functions)))
    for (const found of worksIn(node, of, of.definition.name, 'a queue', new Set()))
      yield factOf(node, found, puts);
  for (const [name, position] of PROCESSORS)
    for (const site of node.calls(name)) {
      const given = site.call.args[position]?.value;
      const entity = given && node.resolve(given, site.scope);
      if (entity?.kind !== 'function') continue;
      for (const found of worksIn(node, entity, entity.definition.name, 'a queue', new Set()))
        yield factOf(node, found, puts);
    }
}

/** Long work of requests: what the caller waits for, and what is handed to somebody else. */
export default defineExtractor({
  id: 'javascript/standard/long-work',
  reads: [],
  produces: ['longWork'],
  understands: readsFramework,
  *extract({ node }): Generator<LongWork> {
    const seen = new Set<string>();
    const isNew = ({ handler, what, handedTo }: LongWork): boolean => {
      // One for each handler and kind: what it calls inside is the same work.
      const key = `${handler} ${what} ${handedTo}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    };
    for (const serving of servingFunctions(node).values()) {
      if (serving.depth > 0) continue;
      for (const found of worksIn(node, serving, serving.definition.name, '', new Set())) {
        const fact = factOf(node, found, serving);
        if (isNew(fact)) yield fact;
      }
    }
    for (const fact of queued(node)) if (isNew(fact)) yield fact;
  },
});
