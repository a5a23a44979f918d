// What Lambda's Node.js runtime does with a function: `node runtime.mjs BUNDLE`, with AWS_LAMBDA_RUNTIME_API set.
const base = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`
const post = (id, kind, body) =>
  fetch(`${base}/${id}/${kind}`, { method: 'POST', body: JSON.stringify(body) ?? 'null' })

const { handler } = await import(process.argv[2])
for (;;) {
  const next = await fetch(`${base}/next`)
  const id = next.headers.get('lambda-runtime-aws-request-id')
  const deadline = Number(next.headers.get('lambda-runtime-deadline-ms'))
  const context = {
    awsRequestId: id,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: '$LATEST',
    memoryLimitInMB: '512',
    invokedFunctionArn: next.headers.get('lambda-runtime-invoked-function-arn'),
    getRemainingTimeInMillis: () => deadline - Date.now(),
  }
  const event = await next.json()
  try {
    await post(id, 'response', await handler(event, context))
  } catch (error) {
    await post(id, 'error', {
      errorType: error.name,
      errorMessage: error.message,
      trace: error.stack?.split('\n'),
    })
  }
}
