import type { MachineReference } from '../../model/index.ts';
import { absence, defineControl, failOr, lowered, passEvery, place } from '../define.ts';

const SAYS: Readonly<Record<MachineReference['what'], string>> = {
  'host-name': "is the host name of one person's machine",
  'home-folder': "is a home folder on one person's machine",
  loopback: 'is, in a browser, the machine of whoever looks at the page',
};

const says = ({ what, text }: MachineReference): string => `${text} ${SAYS[what]}`;

export default defineControl({
  id: 'config/machine-specific',
  title: 'No code or setting names the machine of a developer',
  severity: 'high',
  stage: 'stable',
  asks: 'Looks in code and settings for host names that Windows and macOS give to new machines, and for home folders of persons; in code for browsers for addresses of the own machine that nothing replaces.',
  why: 'It works on that machine alone: everywhere else the host cannot be found and the folder does not exist.',
  remedy: 'Read the host or folder from the environment, or make the path relative to the code.',
  sources: ['CATALOG config/machine-specific', '12-factor III'],
  fix: 'auto',
  drill: 'none',
  needs: ['machineReference'],

  applies: () => true,

  judge: ({ facts }) => {
    const all = facts.all('machineReference');
    const places = new Map(all.map(each => [`${each.at.path}:${each.at.startLine}`, each] as const));
    return failOr(
      [...places.values()].map(each =>
        each.reached === 'no'
          ? lowered(place(each.at, says(each)), 'no production start path comes by this line')
          : place(each.at, says(each)),
      ),
      passEvery([
        absence("host name or home folder of a developer's machine", facts.searched('machineReference')),
      ]),
    );
  },
});
