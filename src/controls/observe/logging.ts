import { servesHttp, type LogSetup } from '../../model/index.ts';
import { absence, defineControl, fail, followed, lowered, pass, place, unknown } from '../define.ts';

const levelOf = ({ level }: LogSetup): string => (level.state === 'unclear' ? 'unclear' : level.value);

export default defineControl({
  id: 'observe/logging',
  title: 'Logging is set up once, with its level from configuration',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks whether code that production comes by sets up a logging library, and whether its level comes from the environment, a settings object or a settings file.',
  why: 'In an incident nothing was written down, or nobody can ask for more without changing the code.',
  remedy: 'Set up logging once where the app is made, with the level read from the environment.',
  sources: ['CATALOG observe/logging', 'Python documentation: Logging HOWTO', '12-factor XI'],
  fix: 'auto',
  drill: 'none',
  needs: ['logSetup', 'logCall', 'route', 'startPath'],

  applies: ({ facts }) =>
    facts.has('startPath') ||
    servesHttp(facts.all('route'), facts.all('startPath')) ||
    'nothing in it is started, and it answers no requests',

  judge: ({ facts }) => {
    const all = facts.all('logSetup');
    const wired = all.filter(each => each.wired === 'yes');
    const configured = wired.filter(each => levelOf(each) === 'configured');
    if (configured.length > 0)
      return pass(
        configured.map(({ at, name }) => place(at, `${name} sets up logging, its level comes from outside`)),
      );
    const [doubt] = all.filter(({ wired: each }) => each === 'unclear');
    if (wired.length === 0 && doubt)
      return unknown(
        `whether production comes by ${doubt.name} at ${doubt.at.path}:${doubt.at.startLine} cannot be told`,
      );
    const [open] = wired.filter(each => levelOf(each) === 'unclear');
    if (open)
      return unknown(`where the level at ${open.at.path}:${open.at.startLine} comes from cannot be told`);
    if (wired.length > 0)
      return fail(
        wired.map(each =>
          lowered(
            place(
              each.at,
              `${each.name} ${levelOf(each) === 'fixed' ? 'has a fixed level' : 'sets no level'}`,
            ),
            'logging is set up',
          ),
        ),
      );
    const lines = facts.all('logCall').filter(({ by, reached }) => by === 'logger' && reached !== 'no');
    return fail([
      followed(
        absence(
          lines.length > 0
            ? 'set-up of logging, so that nobody chooses which of the lines of the code come out'
            : 'set-up of logging',
          facts.searched('logSetup'),
        ),
        all.map(({ at, name }) => ({ at, says: `${name} is present and not wired` })),
      ),
    ]);
  },
});
