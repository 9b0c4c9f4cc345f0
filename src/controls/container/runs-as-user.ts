import { runsAsRoot, shippedImages, type Finding, type Image } from '../../model/index.ts';
import { defineControl, failOr, followed, passEvery, place, unknown } from '../define.ts';

/** Where packages lie: a folder of root's that holds something else is nobody's need. */
const PACKAGES = /^\/root\/(\.local|[^/]*venv|\.cache\/pypoetry|\.?conda|miniconda)|^\/root\/.*site-packages/;

const isOpened = (image: Image): boolean =>
  image.runs.some(({ commands }) =>
    commands.some(
      ([command, ...rest]) =>
        /^ch(mod|own)$/.test(command ?? '') && rest.some(word => word.startsWith('/root')),
    ),
  );

function unreadable(image: Image): readonly Finding[] {
  if (isOpened(image)) return [];
  const copied = image.copies
    .filter(copy => PACKAGES.test(copy.destination))
    .map(copy =>
      place(
        copy.at,
        `${copy.destination.replace(/\/$/, '')} belongs to root, and the user of the image cannot read it`,
      ),
    );
  if (copied.length > 0) return copied;
  return image.installs
    .filter(each => each.into.startsWith('/root') && each.present !== 'no')
    .map(each =>
      place(each.at, `packages are installed under ${each.into}, which the user of the image cannot read`),
    );
}

export default defineControl({
  id: 'container/runs-as-user',
  title: 'The user of the image can read and write what the service needs',
  severity: 'critical',
  stage: 'stable',
  asks: 'Asks whether an image that does not run as root finds its packages and may write where the service writes: nothing under /root, no folder that belongs to root.',
  why: 'The container builds, starts, and ends at once: it cannot import its packages or open its log.',
  remedy:
    'Install into a place that everybody can read, such as a virtual environment in /opt, and give the folders that are written to the user with COPY --chown or chown.',
  sources: ['CATALOG container/runs-as-user', 'Docker documentation: USER'],
  fix: 'auto',
  drill: 'none',
  needs: ['image', 'composeService', 'imageWrite'],

  applies: ({ facts }) =>
    shippedImages(facts.all('image'), facts.all('composeService')).some(
      image => runsAsRoot(image) !== 'yes',
    ) || 'no image runs as an ordinary user',

  judge: ({ facts }) => {
    const images = shippedImages(facts.all('image'), facts.all('composeService'));
    const ordinary = images.filter(image => runsAsRoot(image) === 'no');
    const writes = facts.all('imageWrite');
    const refused = writes
      .filter(write => write.allowed === 'no')
      .map(write =>
        followed(
          place(write.imageAt, `${write.folder} belongs to root, and the service writes ${write.path} there`),
          write.way,
        ),
      );
    const findings = [...ordinary.flatMap(unreadable), ...refused];
    const openUser = images.find(image => runsAsRoot(image) === 'unclear');
    const openWrite = writes.find(write => write.allowed === 'unclear');
    if (findings.length === 0 && openUser)
      return unknown(`whom ${openUser.path} runs as is decided outside of it`);
    if (findings.length === 0 && openWrite)
      return unknown(
        `whether the user of the image may write ${openWrite.path} in ${openWrite.folder} cannot be told`,
      );
    return failOr(
      findings,
      passEvery(ordinary.map(image => place(image.user.at, 'what is needed can be read and written'))),
    );
  },
});
