import * as z from 'zod'
import { openApiDocument } from '../openapi.ts'
import { defineRoute, type Route } from '../route.ts'

/** @param routes asked when the document is: it tells of itself too */
export const openApi = (routes: () => readonly Route[]): Route =>
  defineRoute({
    name: 'openApi',
    method: 'GET',
    path: '/openapi.json',
    summary: 'This document',
    response: z.looseObject({ openapi: z.string() }),
    answer: async () => openApiDocument(routes()),
  })
