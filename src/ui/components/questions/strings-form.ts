/** What is said in a form that an agent asks to be filled in. */
export const fault = (label: string, fault: string) => `“${label}” ${fault}.`;
export const kept = 'What you answer goes to the agent and stays in this chat. Enter no passwords here.';
export const optional = '(optional)';
export const none = 'Nothing chosen';
export const notifyMe = 'Notify me when a reply asks and I am elsewhere';
