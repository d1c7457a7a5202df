import time

import gradio as gr


def count(name):
    text = ""
    for number in range(1, 9):
        text += f"{name} {number}\n"
        yield text
        time.sleep(0.25)


with gr.Blocks() as demo:
    name = gr.Textbox(label="Name")
    out = gr.Textbox(label="Counted", lines=10)
    gr.Button("Count").click(count, name, out)

demo.queue().launch(server_name="0.0.0.0", server_port=7860)
