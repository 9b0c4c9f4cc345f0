import { servesHttp } from '../../model/index.ts';
import { absence, defineControl, failOr, lowered, passEvery, place } from '../define.ts';

export default defineControl({
  id: 'observe/error-leak',
  title: 'Callers get no text of exceptions and no traceback',
  severity: 'high',
  stage: 'stable',
  asks: 'Follows what is caught as Exception, or as an error of a library or of the system, to what handlers answer, abort with and emit. Errors that the code makes for callers are no leak.',
  why: 'The text names tables, hosts, files and sometimes passwords: it tells an attacker where to go on.',
  remedy: 'Log the exception, and answer with a fixed sentence and a code of your own.',
  sources: ['CATALOG observe/error-leak', 'CWE-209', 'OWASP ASVS 5.0 V16.5.1'],
  fix: 'auto',
  drill: 'error-disclosure',
  needs: ['exposedError', 'route', 'startPath'],

  applies: ({ facts }) =>
    servesHttp(facts.all('route'), facts.all('startPath')) || 'it answers no requests over the network',

  judge: ({ facts }) =>
    failOr(
      facts
        .all('exposedError')
        .filter(({ reached }) => reached !== 'no')
        .map(({ at, what, says, catches, isHealth, reached }) => {
          const finding = place(
            at,
            what === 'traceback'
              ? `${says} sends a traceback to the caller`
              : `${says} sends the text of an error to the caller, whatever it is (caught: ${catches})`,
          );
          if (isHealth) return lowered(finding, 'the route tells probes how the service does');
          return reached === 'yes' ? finding : lowered(finding, 'whether production comes by cannot be told');
        }),
      passEvery([absence('text of an unknown error among what is sent', facts.searched('exposedError'))]),
    ),
});
