export { ticketDesk, type KnownTickets, type TicketDesk } from './desk.ts';
