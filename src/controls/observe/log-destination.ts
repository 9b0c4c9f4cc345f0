import { ask, type LogTarget } from '../../model/index.ts';
import {
  absence,
  defineControl,
  failOr,
  lowered,
  onProductionPath,
  openBecause,
  pass,
  place,
} from '../define.ts';

const isFile = ({ to }: LogTarget) => ask(to, where => where === 'file');

export default defineControl({
  id: 'observe/log-destination',
  title: 'Logs go to the output of the process, or to files that are rotated',
  severity: 'medium',
  stage: 'stable',
  asks: 'Follows log handlers, options of the server, and what supervisor and systemd are told, to the files that they write, and asks whether those are rotated.',
  why: 'A file that only grows fills the disk, and with it stops the service; in a container it is lost with it.',
  remedy:
    'Write to stdout and let the platform keep it, or give the handler a size and a number of old files.',
  sources: ['CATALOG observe/log-destination', '12-factor XI'],
  fix: 'auto',
  drill: 'none',
  needs: ['logTarget', 'logCall'],

  applies: () => true,

  judge: ({ facts }) => {
    const targets = onProductionPath(facts.all('logTarget'));
    const files = targets.filter(each => isFile(each) === 'yes');
    const endless = files.filter(({ rotates }) => ask(rotates, does => !does) === 'yes');
    const findings = endless.map(({ at, name, reached }) => {
      const finding = place(at, `${name} writes a file that nothing rotates`);
      return reached === 'yes' ? finding : lowered(finding, 'whether production comes by cannot be told');
    });
    const open =
      openBecause(files, ({ rotates }) => ask(rotates, () => true)) ??
      openBecause(targets, each => (each.reached === 'yes' ? isFile(each) : 'no'));
    const good = targets.filter(each => !endless.includes(each));
    return failOr(
      findings,
      open ??
        pass(
          good.length > 0
            ? good
                .slice(0, 6)
                .map(each =>
                  place(
                    each.at,
                    `${each.name} ${isFile(each) === 'yes' ? 'rotates its file' : 'writes no file'}`,
                  ),
                )
            : [absence('log file', facts.searched('logTarget'))],
        ),
    );
  },
});
