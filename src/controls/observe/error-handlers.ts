import { servesHttp, type ErrorHandler } from '../../model/index.ts';
import { absence, defineControl, fail, followed, lowered, pass, place, unknown } from '../define.ts';

const isWhole = ({ catches, covers, uniform }: ErrorHandler): boolean =>
  catches === 'everything' && covers === 'app' && uniform === 'yes';

export default defineControl({
  id: 'observe/error-handlers',
  title: 'Errors that nobody expected are answered in one form, and logged',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks for a handler of all errors on the app that production starts, own or of an extension, and whether the cause is written down, by it or by the framework before it.',
  why: 'Callers get a page that they cannot read, and the cause of the error is gone.',
  remedy:
    'Register one handler for every unexpected error that logs the exception and answers 500 in the form of all other errors.',
  sources: ['CATALOG observe/error-handlers', 'OWASP ASVS 5.0 V16.5'],
  fix: 'auto',
  drill: 'error-disclosure',
  needs: ['errorHandler', 'route', 'startPath'],

  applies: ({ facts }) =>
    servesHttp(facts.all('route'), facts.all('startPath')) || 'it answers no requests over the network',

  judge: ({ facts }) => {
    const all = facts.all('errorHandler');
    const wired = all.filter(each => each.wired === 'yes');
    const logging = wired.filter(each => isWhole(each) && each.logs === 'yes');
    if (logging.length > 0)
      return pass(
        logging.map(({ at, name }) => place(at, `${name} answers every error that nobody expected`)),
      );
    const [silent] = wired.filter(isWhole);
    if (silent)
      return fail([
        lowered(
          place(silent.at, `${silent.name} answers errors and does not log their cause`),
          'callers get a uniform answer',
        ),
      ]);
    const [doubt] = all.filter(each => each.wired === 'unclear' && isWhole(each));
    if (doubt)
      return unknown(
        `whether production registers ${doubt.name} at ${doubt.at.path}:${doubt.at.startLine} cannot be told`,
      );
    const loose = all
      .filter(each => each.wired === 'no' && isWhole(each))
      .map(({ at, name }) => ({ at, says: `${name} is present and not wired` }));
    const [partial] = wired.filter(({ uniform }) => uniform === 'yes');
    const [framework] = wired.filter(({ uniform, logs }) => uniform !== 'yes' && logs === 'yes');
    const finding = partial
      ? place(
          partial.at,
          partial.catches === 'everything'
            ? `${partial.name} covers a part of the routes`
            : `${partial.name} answers named errors, and nothing answers those that nobody expected`,
        )
      : absence('handler for errors that nobody expected', facts.searched('errorHandler'), framework?.at);
    return fail([
      followed(
        framework
          ? lowered(finding, 'the framework answers with a page of its own and logs the cause')
          : finding,
        loose,
      ),
    ]);
  },
});
