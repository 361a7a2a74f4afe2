"""The named peers of `answers.py`: bots that send back what they get, and nothing more.

    python echo_bots.py KIND URL TOKEN

Needs the library of its kind only, so that it can run in an environment of its own. `uvloop` speeds up each alike.
"""

import asyncio
import logging
import sys


def aiogram(url: str, token: str) -> None:
    """Echo on aiogram 3."""
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import Message

    async def main() -> None:
        bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
        dispatcher = Dispatcher()

        @dispatcher.message()
        async def echo(message: Message) -> None:
            await message.answer(message.text or "")

        await dispatcher.start_polling(bot)

    asyncio.run(main())


def ptb_httpx(url: str, token: str) -> None:
    """Echo on python-telegram-bot with the HTTP client that it brings."""
    from telegram import Update
    from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

    async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text(update.message.text or "")

    builder = ApplicationBuilder().token(token).base_url(f"{url}/bot").concurrent_updates(True).pool_timeout(60)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


def ptb_aiohttp(url: str, token: str) -> None:
    """Echo on python-telegram-bot with Homeward's HTTP client."""
    from telegram import Update
    from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

    from handlers.request import BotApiRequest

    async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text(update.message.text or "")

    builder = ApplicationBuilder().token(token).base_url(f"{url}/bot").concurrent_updates(True)
    builder = builder.request(BotApiRequest(pool_timeout=60)).get_updates_request(BotApiRequest(connections=1))
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    if "--no-uvloop" not in sys.argv:
        import uvloop

        uvloop.install()
    {"aiogram": aiogram, "ptb-httpx": ptb_httpx, "ptb-aiohttp": ptb_aiohttp}[sys.argv[1]](sys.argv[2], sys.argv[3])
