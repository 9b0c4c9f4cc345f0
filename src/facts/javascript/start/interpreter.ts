import { known, type Image } from '../../../model/index.ts';

/** Images whose entry point is `node`, or puts it before what is no program. */
const ENTERS = /(^|\/)(node|nodejs\d*(-debian\d+)?|bun)$/;

/** Whether an image runs a first word of its command with `node`, as it has no entry point of its own. */
export const entersNode = (image: Image, word: string): boolean =>
  ENTERS.test(known(image.base.name) ?? '') && !image.entrypoint && /^-|\.[cm]?js$/.test(word);
