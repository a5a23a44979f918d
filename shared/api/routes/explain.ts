import { InputError } from '../../input-error.ts'
import { defineRoute } from '../route.ts'
import { explanationSchema } from '../schemas/explanation.ts'
import { questionSchema } from '../schemas/requests.ts'

export const explain = defineRoute({
  name: 'explain',
  method: 'POST',
  path: '/explain',
  summary: 'Can X reach Y, as configured now: the path there and back, with every blocker',
  body: questionSchema,
  response: explanationSchema,
  answer: async ({ body: { accountId, region, ...query } }, ports) => {
    try {
      return await ports.explain(query, { ...(accountId && { accountId }), ...(region && { region }) })
    } catch (error) {
      // The engine words its complaints for the command line.
      if (error instanceof InputError) throw new InputError(error.message.replace(/--(?=from|to)/g, ''))
      throw error
    }
  },
})
