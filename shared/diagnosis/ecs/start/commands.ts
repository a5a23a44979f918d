/** Commands for people, where no patch can express the cure. */
export const aws = (command: string, region: string): string => `aws ${command} --region ${region}`
