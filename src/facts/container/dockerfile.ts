import type { Image, StartCommand } from '../../model/index.ts';
import { defineDocumentExtractor } from '../define.ts';
import { combined } from './command-line.ts';
import { stageOfName } from './compose-files.ts';
import { imagesIn } from './images.ts';

/** `Dockerfile.dev`, `dev.Dockerfile`, or a stage called `development`. */
function stageOf(image: Image): StartCommand['stage'] {
  const file = image.path.split('/').at(-1) ?? '';
  const named = stageOfName(file.replace(/\.?(Dockerfile|Containerfile)\.?/i, '_'));
  if (named !== 'unclear') return named;
  return stageOfName(image.stage) === 'development' ? 'development' : 'production';
}

function startOf(image: Image): StartCommand | undefined {
  const command = combined(image.entrypoint, image.command);
  if (!command) return undefined;
  const { workdir, context } = image;
  return {
    kind: 'startCommand',
    at: (image.command ?? command).at,
    source: 'image',
    stage: stageOf(image),
    text: command.text,
    commands: command.commands,
    form: command.form,
    workdir: workdir.value.state === 'unclear' ? '/' : workdir.value.value,
    image: image.id,
    folder: context.state === 'unclear' ? '' : context.value,
    environment: image.environment,
    name: image.stage,
  };
}

/** Dockerfiles and Containerfiles: what they build, and what that starts. */
export default defineDocumentExtractor({
  id: 'container/dockerfile',
  produces: ['image', 'startCommand'],

  *extract(repository) {
    for (const image of imagesIn(repository)) {
      yield image;
      const start = startOf(image);
      if (start) yield start;
    }
  },
});
