/** Built for pages of before modules: `geometry.js` says what it takes of it. */
declare module "jsts/dist/jsts.min.js";
