import { saysOfCommand, type PipelineAction, type PipelineCommand } from '../../model/index.ts';
import { defineControl, pass, place } from '../define.ts';
import { noStep } from '../pipeline-steps.ts';

const ACTION =
  /docker\/(build-push|bake)-action|buildah|kaniko|docker-build|publish-docker|^Docker$|docker_build|build-and-push/i;

/** `docker build`, `docker buildx bake`, `docker compose up` (which builds what is not there), and others. */
const builds = ({ words }: PipelineCommand): boolean => {
  const line = words.join(' ');
  return (
    /^(docker|podman|nerdctl) (build|image build|buildx (build|bake))\b/.test(line) ||
    /^(docker[ -]compose|podman-compose)( -\S+( [^-\s]\S*)?)* (build|up|run)\b/.test(line) ||
    /^(buildah|img|kaniko|\/kaniko\/executor|pack build|nixpacks build|az acr build|gcloud builds submit|skaffold (build|run))\b/.test(
      line,
    )
  );
};

export default defineControl({
  id: 'ci/image',
  title: 'The pipeline builds the image',
  severity: 'low',
  stage: 'stable',
  asks: 'Looks for a build of the container image among the commands and ready-made steps of the pipelines.',
  why: 'A Dockerfile that nobody builds breaks with the next package or base image, and is found broken on release day.',
  remedy: 'Build the image on pull requests too, without pushing it.',
  sources: ['CATALOG ci/image'],
  fix: 'auto',
  drill: 'none',
  needs: ['image', 'pipeline', 'pipelineCommand', 'pipelineAction'],

  applies: ({ facts }) => {
    if (facts.all('image').length === 0) return 'there is no Dockerfile';
    return facts.all('pipeline').length > 0 || 'there is no pipeline';
  },

  judge: ({ facts }) => {
    const commands = facts.all('pipelineCommand');
    const actions = facts.all('pipelineAction');
    const evidence = [
      ...commands.filter(builds).map(each => place(each.at, `builds the image: ${saysOfCommand(each)}`)),
      ...actions
        .filter(({ uses }: PipelineAction) => ACTION.test(uses))
        .map(({ at, uses }) => place(at, `builds the image with ${uses}`)),
    ];
    if (evidence.length > 0) return pass(evidence);
    return noStep(facts, 'step of the pipeline that builds the image');
  },
});
