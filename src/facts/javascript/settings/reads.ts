import type { EnvRead, EnvTerm, SettingCheck, Term } from '../../../model/index.ts';
import { functionAround, runsAtStart } from '../../code/at-start.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { settingsOf } from './fields.ts';
import { validationsIn } from './nest-validate.ts';

/** The calls that make settings of the environment, by the last word of their names. */
const MAKES = [
  'parse',
  'parseAsync',
  'safeParse',
  'safeParseAsync',
  'validate',
  'validateAsync',
  'cleanEnv',
  'createEnv',
];
const READS = [
  'env-var.get',
  '@nestjs/config.ConfigService().get',
  '@nestjs/config.ConfigService().getOrThrow',
];

const variablesIn = (term: Term): readonly EnvTerm[] => {
  if (term.kind === 'env') return [term];
  return term.kind === 'object' ? term.entries.flatMap(([, each]) => variablesIn(each)) : [];
};

/** A setting that may be missing is no reason to stop. */
const mustBeThere = ({ required }: EnvTerm): boolean => required;

const readAt = (node: CodeView, site: CallSite, term: EnvTerm): EnvRead => ({
  kind: 'envRead',
  at: term.at,
  term,
  reached: node.reached(site),
  isOptional: !term.required && term.fallback === undefined,
  when: runsAtStart(node, site) === 'yes' ? 'start' : 'later',
  keptAs: term.name,
});

function checkAt(node: CodeView, site: CallSite, terms: readonly EnvTerm[]): SettingCheck {
  const at = node.at(site.scope, site.call);
  return {
    kind: 'settingCheck',
    at,
    definedAt: at,
    names: terms.map(({ name }) => name),
    how: 'model',
    runsAtStart: runsAtStart(node, site),
    inside: node.textOf(site.scope, site.call.callee).split('\n')[0] ?? '',
  };
}

/** `safeParse` only says what is wrong: somebody has to stop for it. */
function stopsStart(node: CodeView, { call, scope }: CallSite): boolean {
  if (!/^safeParse(Async)?$/.test(lastNameOf(call.callee))) return true;
  const around = functionAround(scope);
  const text = around ? node.textOf(scope, around) : scope.module.file.text;
  return /\bthrow\b|process\.exit|\babort\(/.test(text);
}

/** Readers of readers of readers: deeper is guessing. */
const DEEPEST = 3;

/** `getString(key) { const value = this.config.get(key); … }`: whoever calls it by a name reads that variable. */
function* throughReader(node: CodeView, { call, scope }: CallSite, depth: number): Generator<EnvRead> {
  const [first] = call.args;
  const reader = functionAround(scope);
  const name = first?.value.kind === 'name' ? first.value.name : undefined;
  const position = reader?.params.findIndex(each => each.name === name) ?? -1;
  if (!reader || reader.name === '' || position === -1 || depth >= DEEPEST) return;
  const hasDefault = /default|fallback|otherwise/i.test(reader.params[position + 1]?.name ?? '');
  for (const site of node.callsEnding(reader.name)) {
    const callee = node.resolve(site.call.callee, site.scope);
    if (callee?.kind !== 'function' || callee.definition !== reader) continue;
    const key = site.call.args[position]?.value;
    const at = node.at(site.scope, site.call);
    if (key?.kind !== 'string') yield* throughReader(node, site, depth + 1);
    else if (/^[A-Z][A-Z0-9_]*$/.test(key.value)) {
      // What the reader does when it finds nothing is its own affair.
      const fallback = hasDefault ? node.args(site).arg(position + 1, '') : undefined;
      const term: EnvTerm = { kind: 'env', name: key.value, fallback, required: false, at };
      yield { ...readAt(node, site, term), isOptional: false };
    }
  }
}

/** Variables that are read through a schema or a service of settings, and the check that comes with a schema. */
export default defineExtractor({
  id: 'javascript/settings/reads',
  reads: [],
  produces: ['envRead', 'settingCheck'],
  understands: hasNode,
  *extract({ node }): Generator<EnvRead | SettingCheck> {
    for (const site of node.callsEnding(...MAKES)) {
      // It reads any text: nothing says what the variable must be.
      if (node.nameOf(site.call.callee, site.scope) === 'JSON.parse') continue;
      const terms = variablesIn(node.evaluate(site.call, site.scope));
      if (terms.length === 0) continue;
      for (const term of terms) yield readAt(node, site, term);
      if (stopsStart(node, site)) yield checkAt(node, site, terms);
    }
    for (const site of node.calls(...READS)) {
      const term = node.evaluate(site.call, site.scope);
      const { path, startLine } = node.at(site.scope, site.call);
      // What the code registers under a name of its own is read where it is registered.
      const isHere = term.at.path === path && term.at.startLine === startLine;
      if (term.kind === 'env' && isHere) yield readAt(node, site, term);
      if (term.kind !== 'env') yield* throughReader(node, site, 0);
    }
    // `ConfigModule.forRoot({ validationSchema: Joi.object({ … }) })` checks before anything else runs.
    for (const site of node.calls('@nestjs/config.ConfigModule.forRoot')) {
      const args = node.args(site);
      const options = args.arg(0, '');
      const settings = settingsOf(options && args.member(options, 'validationSchema'));
      const terms = settings ? variablesIn(settings) : [];
      if (terms.length > 0)
        yield { ...checkAt(node, site, terms.filter(mustBeThere)), runsAtStart: node.reached(site) };
    }
    for (const { at, by, settings, runsAtStart: started } of validationsIn(node)) {
      const names = settings.filter(mustBeThere).map(({ name }) => name);
      if (names.length > 0)
        yield {
          kind: 'settingCheck',
          at,
          definedAt: at,
          names,
          how: 'model',
          runsAtStart: started,
          inside: by,
        };
    }
  },
});
