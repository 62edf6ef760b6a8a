/** Puts the local loader where Atlassian's bundler looks for its own, which is on Atlassian's servers only. */
import { writeForgeRuntime } from '../forge/build-functions';

writeForgeRuntime('dist/forge-runtime');
