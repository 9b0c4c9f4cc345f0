import type { LongWork } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { callsIn } from '../at-start.ts';
import { servingFunctions } from '../serving.ts';
import { lastNameOf, type CallSite } from '../sites.ts';
import type { PythonView } from '../view.ts';

/** Calls that take longer than a caller should wait, by canonical name. */
const LONG: readonly (readonly [RegExp, LongWork['what']])[] = [
  [/^smtplib\.SMTP(_SSL)?\(\)\.(sendmail|send_message)$/, 'mail'],
  [/^(flask_mail|flask_mailman)\.Mail\(\)\.(send|send_message)$/, 'mail'],
  [/^fastapi_mail\.FastMail\(\)\.send_message$/, 'mail'],
  [/^django\.core\.mail\.(send_mail|send_mass_mail|EmailMessage\(\)\.send|EmailMultiAlternatives\(\)\.send)$/, 'mail'],
  [/^(subprocess\.(run|call|check_call|check_output)|os\.system)$/, 'program'],
  [/^subprocess\.Popen\(\)\.(wait|communicate)$/, 'program'],
  [/^transformers\.pipeline\(\)$|^whisper\.load_model\(\)\.transcribe$|^diffusers\.\w+\.from_pretrained\(\)$/, 'inference'],
  [/\.to_sql$/, 'import'],
]; // prettier-ignore

/** Training is written by hand as often as it is called: by its name. */
const TRAINS = /^(fit|fit_generator|train|retrain|train_\w+|retrain_\w+|run_training|finetune|fine_tune)$/;
/** Hashing a password is made to be slow: in a loop it adds up. */
const HASHES = /(^|\.)(generate_password_hash|hashpw|hash_password|get_password_hash|make_password)$/;

function whatIs(python: PythonView, site: CallSite): LongWork['what'] | undefined {
  const name = python.nameOf(site.call.callee, site.scope);
  const found = LONG.find(([pattern]) => pattern.test(name))?.[1];
  if (found) return found;
  const word = lastNameOf(site.call.callee);
  if (TRAINS.test(word)) return 'training';
  const inLoop = site.conditions.some(condition => condition.kind === 'loop');
  return inLoop && HASHES.test(name || word) ? 'import' : undefined;
}

/** Long work that a request waits for. What is handed to a thread, queue or task is not called here. */
export default defineExtractor({
  id: 'python/standard/long-work',
  reads: [],
  produces: ['longWork'],
  understands: hasPython,
  *extract({ python }): Generator<LongWork> {
    const seen = new Set<string>();
    for (const { definition, handler, through } of servingFunctions(python).values())
      for (const site of callsIn(python, definition)) {
        if (site.scope.definition?.kind === 'lambda') continue;
        const what = whatIs(python, site);
        // One finding for each handler and kind: what it calls inside is the same work.
        const key = `${handler} ${what}`;
        if (
          !what ||
          seen.has(key) ||
          (what === 'training' && TRAINS.test(definition.name) && through.length > 0)
        )
          continue;
        seen.add(key);
        yield {
          kind: 'longWork',
          at: python.at(site.scope, site.call),
          handler,
          callee: python.textOf(site.scope, site.call.callee).slice(0, 60),
          what,
          reached: python.reached(site),
        };
      }
  },
});
