/** Main program of a function process: hands every message of the host to the loader, and its result back. */
'use strict';

// Remaining time is counted by the machine's own clock, which the loader hides from the functions.
const machineNow = Date.now;
const { main } = require(process.argv[2]);

process.on('message', async ({ lambdaEvent, tunnelContext: { requestId, deadline } }) => {
  const result = await main(lambdaEvent, {
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => deadline - machineNow(),
  });
  // Log lines travel by another way than results; this line tells the host that it has read all of them.
  process.stdout.write(`\n${JSON.stringify({ finished: requestId })}\n`);
  process.send({ requestId, result });
});

// Without its host nothing that a function does could be recorded.
process.on('disconnect', () => process.exit(0));
