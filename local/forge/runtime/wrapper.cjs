/** The real bundler asks for a wrapper beside the loader; the local loader does the whole work. */
'use strict';
