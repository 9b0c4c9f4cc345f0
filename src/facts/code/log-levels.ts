import type { Term, Value } from '../../model/index.ts';
import { findTerm, stated, unclear } from '../../model/index.ts';
import type { Expression } from '../../read/syntax.ts';
import { expressionsIn } from '../../read/walk.ts';
import type { Scope } from './scopes.ts';
import type { CodeView } from './view.ts';

export type LevelSource = Value<'configured' | 'fixed' | 'none'>;

/** Words of settings objects and of what a command line or another logger says. */
const SETTINGS =
  /environ|getenv|\benv\b|config|settings|\bcfg\b|\bargs\.|options|\.level\b|getEffectiveLevel/i;
const LEVEL = /^(logging\.)?(CRITICAL|FATAL|ERROR|WARNING|WARN|INFO|DEBUG|NOTSET|TRACE)$/i;

const hasVariable = (term: Term): boolean =>
  findTerm(
    term,
    each =>
      each.kind === 'env' || (each.kind === 'oneOf' && each.options.some(({ when }) => /\[\w+/.test(when))),
  ) !== undefined;

/** Whether a level can be changed without changing the code. */
export function levelSource(code: CodeView, expression: Expression, scope: Scope): LevelSource {
  const parts = expressionsIn(expression).filter(({ kind }) =>
    /^(name|attribute|call|subscript)$/.test(kind),
  );
  const terms = [expression, ...parts].map(part => code.evaluate(part, scope));
  if (terms.some(hasVariable)) return stated('configured');
  const [whole] = terms;
  if (whole && isLevel(whole)) return stated('fixed');
  const text = code.textOf(scope, expression);
  if (LEVEL.test(text)) return stated('fixed');
  return SETTINGS.test(text) ? stated('configured') : unclear('its level is worked out at run time');
}

/** `"INFO"`, `20`, `logging.INFO`, or a choice of such. */
function isLevel(term: Term): boolean {
  switch (term.kind) {
    case 'literal':
      return term.value !== null;
    case 'reference':
      return LEVEL.test(term.target);
    case 'oneOf':
      return term.options.every(option => isLevel(option.term));
    default:
      return false;
  }
}

/** The same for a value that is only known as a term, as in a dictionary of settings. */
export const levelOfTerm = (term: Term | undefined): LevelSource => {
  if (!term) return stated('none');
  if (hasVariable(term)) return stated('configured');
  return isLevel(term) ? stated('fixed') : unclear('its level is worked out at run time');
};

const OUTSIDE = /process\.env\.(?!NODE_ENV\b)\w|process\.env\[/;

/** `const isDebug = process.env.DEBUG_MODE === "true"`, then `isDebug ? "debug" : "info"`: a variable chooses. */
export function levelChosen(code: CodeView, term: Term | undefined): LevelSource {
  const level = levelOfTerm(term);
  if (term?.kind !== 'oneOf' || level.state === 'unclear' || level.value !== 'fixed') return level;
  const text = code.modules().find(({ path }) => path === term.at.path)?.file.text ?? '';
  const isChosen = term.options.some(({ when }) =>
    [when, ...[...when.matchAll(/[A-Za-z_$][\w$]*/g)].map(([name]) => definitionIn(text, name))].some(each =>
      OUTSIDE.test(each),
    ),
  );
  return isChosen ? stated('configured') : level;
}

const definitionIn = (text: string, name: string): string =>
  new RegExp(`\\b(?:const|let|var)\\s+${name.replaceAll('$', '\\$')}\\s*=([^;\\n]*)`).exec(text)?.[1] ?? '';

/** Of several the one that is set from outside, if any. */
export function bestLevel(levels: readonly LevelSource[]): LevelSource {
  const is = (wanted: string) => levels.find(level => level.state !== 'unclear' && level.value === wanted);
  return is('configured') ?? levels.find(level => level.state === 'unclear') ?? is('fixed') ?? stated('none');
}
