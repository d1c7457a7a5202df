import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo

    return (mo,)


@app.cell
def _(mo):
    amount = mo.ui.number(start=0, stop=100, value=6, label="Amount")
    amount
    return (amount,)


@app.cell
def _(amount, mo):
    mo.md(f"The answer is {amount.value * 7}.")
    return


if __name__ == "__main__":
    app.run()
