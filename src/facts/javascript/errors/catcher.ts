import { both, type Location, type Truth } from '../../../model/index.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { answerOf } from '../answered.ts';
import { inProduction } from '../conditions.ts';

/** A function that a framework calls with errors that nothing has caught. */
export interface Catcher {
  readonly function: FunctionEntity;
  /** The position of the parameter that holds the error. */
  readonly error: number;
  /** Where it is put on the app. */
  readonly at: Location;
  readonly covers: 'app' | 'part';
  /** Whether it answers: always, for some errors only, or never, so that it merely looks at them. */
  readonly answers: 'all' | 'some' | 'none';
  /** What it is called with: `QueryFailedError`, or `everything`. */
  readonly catches: string;
  /** The framework writes the cause down before it calls it. */
  readonly isLogged: boolean;
  readonly wired: Truth;
}

/** The function that a call is given to answer every error: `app.setErrorHandler(f)`, `app.onError(f)`. */
export function catcherGiven(node: CodeView, site: CallSite, covers: Catcher['covers']): readonly Catcher[] {
  const [given] = site.call.args;
  const of = given && answerOf(node, { expression: given.value, scope: site.scope })?.function;
  if (!of) return [];
  return [
    {
      function: of,
      error: 0,
      at: node.at(of.scope, of.definition.head),
      covers,
      answers: 'all',
      catches: 'everything',
      isLogged: false,
      wired: both(node.reached(site), inProduction(node, site)),
    },
  ];
}
