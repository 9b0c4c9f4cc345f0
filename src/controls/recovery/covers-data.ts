import {
  isCoveredBy,
  known,
  storedData,
  type Backup,
  type Image,
  type StoredData,
} from '../../model/index.ts';
import { defineControl, fail, followed, pass, place, unknown } from '../define.ts';

/** Folders of an image in which a copy would lie that no volume holds: gone with the container. */
function isInLayer(target: string, images: readonly Image[], mounts: readonly string[]): boolean {
  const inside = images.some(({ workdir }) => {
    const folder = known(workdir.value) ?? '/';
    return folder !== '/' && (target === folder || target.startsWith(`${folder}/`));
  });
  return (
    inside && !mounts.some(mount => target === mount || target.startsWith(`${mount.replace(/\/$/, '')}/`))
  );
}

const saysOf = ({ what, path }: StoredData): string =>
  what === 'sqlite' || what === 'files' ? path : `the ${what} database`;

export default defineControl({
  id: 'recovery/covers-data',
  title: 'What is backed up is what the service writes',
  severity: 'critical',
  stage: 'stable',
  asks: 'Compares what backups copy with the databases and files that the service writes, and where the copies lie.',
  why: 'A backup of the wrong folder is found out on the day on which it is needed.',
  remedy: 'Copy each store that the service writes, to a place that outlives the container.',
  sources: ['CATALOG recovery/covers-data', 'ISO 27001 A.8.13', 'NIST SP 800-34'],
  fix: 'scaffold',
  drill: 'backup-restore',
  needs: ['backup', 'databaseConnection', 'ownStore', 'composeService', 'workload', 'image'],

  applies: ({ facts }) => facts.all('backup').length > 0 || 'there is no backup',

  judge: ({ facts }) => {
    const backups: readonly Backup[] = facts.all('backup');
    const data = storedData(facts);
    const [first] = backups;
    const mounts = [
      ...facts.all('composeService').flatMap(({ volumes }) => volumes.map(({ target }) => target)),
      ...facts.all('workload').flatMap(({ volumes }) => volumes.map(({ path }) => path)),
    ];
    const idle = backups.filter(({ scheduled }) => scheduled === 'no');
    const left = data.filter(each => !backups.some(backup => isCoveredBy(each, backup)));
    const layered = backups
      .filter(({ leaves, managed }) => leaves !== 'yes' && !managed)
      .flatMap(({ at, targets }) =>
        targets
          .filter(target => isInLayer(target, facts.all('image'), mounts))
          .map(target => place(at, `writes to ${target}, a folder of the container that no volume holds`)),
      );
    const findings = [
      ...(first
        ? left.map(each =>
            followed(place(first.at, `does not copy ${saysOf(each)}`), [{ at: each.at, says: each.says }]),
          )
        : []),
      ...layered,
      ...(idle.length === backups.length ? idle.map(({ at, schedule }) => place(at, schedule)) : []),
    ];
    if (findings.length > 0) return fail(findings);
    return data.length === 0
      ? unknown('what the service stores could not be told, so nothing can be compared')
      : pass(backups.map(({ at }) => place(at, `copies ${data.map(saysOf).join(', ')}`)));
  },
});
