import { takeDumpPictures } from './dump-pictures.ts';
import { takeReachPictures } from './reach-pictures.ts';
import { takeTroublePictures } from './trouble-pictures.ts';
import { takeWorkPictures } from './work-pictures.ts';

/**
 * Takes the pictures of docs/screenshots, in both themes and two sizes. Run it on a built tree: `npm run screenshots`. It
 * takes some minutes, because a chart of nothing is no picture. `npm run screenshots -- reach` takes one story only.
 */
const stories: Readonly<Record<string, () => Promise<void>>> = {
  work: takeWorkPictures,
  reach: takeReachPictures,
  trouble: takeTroublePictures,
  dump: takeDumpPictures,
};

for (const name of process.argv[2] === undefined ? Object.keys(stories) : [process.argv[2]]) {
  const story = stories[name];
  if (story === undefined) throw new Error(`There is no story called ${name}: ${Object.keys(stories).join(', ')}.`);
  await story();
}
