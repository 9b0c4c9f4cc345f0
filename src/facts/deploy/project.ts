import { readProject } from '../../read/project/file.ts';
import { defineDocumentExtractor } from '../define.ts';
import { shellStart } from './start-commands.ts';

/** Services that the project names in `seaworthy.yaml`, where reading does not find them by itself. */
export default defineDocumentExtractor({
  id: 'deploy/project',
  produces: ['startCommand'],
  *extract(repository) {
    const read = readProject(repository);
    if (!read.ok) return;
    for (const { at, path, start } of read.project.services)
      yield shellStart(at, start, {
        source: 'project',
        stage: 'production',
        folder: path,
        environment: {},
        name: '',
      });
  },
});
