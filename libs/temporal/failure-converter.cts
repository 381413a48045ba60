// Named by path, because it is loaded three ways: by the worker, by a client, and into the workflow bundle. CommonJS, and
// plain enough to be read without compiling, because the worker and the tests load it by `require`.
const { DefaultFailureConverter } = require('@temporalio/common');

/** Puts the message and the stack of an error where the codec encrypts them (C5). */
exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
